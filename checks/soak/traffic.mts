/** The traffic: rounds of creates, reads and deliveries, many at once; between two rounds n8n comes to rest and is looked at. */
import type { Batch } from './batch.mts';
import { chanceOf, type Chance } from './chance.mts';
import { revokeSomewhen, startChaos } from './chaos.mts';
import { CREATES, sendCreates, sessionsOf, type Made } from './creates.mts';
import { Postman, type Delivered, type Target } from './deliveries.mts';
import { MemoryWatch } from './memory.mts';
import { sendReads } from './reads.mts';
import { OPERATIONS, publishOperation, publishTrigger, type OperationName } from './workflows.mts';
import { eventually } from '../../harness/eventually.mts';
import { ask } from '../../harness/sandbox.mts';
import type { Setting } from './setting.mts';

/** Of one round: batches of creates and items in each, the same for Get, items of Get Many, deliveries. */
interface Size {
	rounds: number;
	creates: [batches: number, items: number];
	gets: [batches: number, items: number];
	finds: number;
	deliveries: number;
	/** The least that all rounds come to. */
	operations: number;
}

export const SIZES: Record<'short' | 'full', Size> = {
	short: {
		rounds: 5,
		creates: [6, 40],
		gets: [2, 40],
		finds: 10,
		deliveries: 80,
		operations: 2_000,
	},
	full: {
		rounds: 20,
		creates: [12, 50],
		gets: [6, 40],
		finds: 20,
		deliveries: 220,
		operations: 20_000,
	},
};

/** So many deliveries are under way at once. */
const COURIERS = 8;

export interface Scene {
	targets: Target[];
	/** Of the webhook that the trigger registered by itself. */
	automaticSecret: string;
}

interface Destination {
	uuid: string;
	url: string;
	secret_shared_key: string;
}

/** Publishes everything while nothing fails yet, and plants the text where a leak would be. */
export async function setUp(setting: Setting, planted: string): Promise<Scene> {
	const { client, credentials, sandbox, secrets } = setting;
	for (const name of Object.keys(OPERATIONS) as OperationName[])
		await publishOperation(client, name, credentials);
	const automatic = await publishTrigger(setting, 'automatic', credentials.key);
	const manual = await publishTrigger(setting, 'manual', credentials.manual);
	const key = { 'x-api-key': secrets.apiKey };
	const { destinations } = await ask<{ destinations: Destination[] }>(
		sandbox,
		'GET',
		'/sandbox/webhooks/destinations',
	);
	const { url, secret_shared_key: automaticSecret } = await ask<Destination>(
		sandbox,
		'GET',
		`/v3/webhook/destinations/${destinations[0].uuid}/`,
		undefined,
		key,
	);
	// The sandbox would report each created session, hundreds at once. What is delivered, and how often, is decided here.
	await ask(
		sandbox,
		'PATCH',
		`/v3/webhook/destinations/${destinations[0].uuid}/`,
		{ enabled: false },
		key,
	);
	if (url !== automatic.url)
		throw new Error(`The trigger registered ${url} and not ${automatic.url}`);
	// n8n logs the path of a webhook that does not exist.
	await fetch(`${setting.n8n.url}/webhook/${planted}`, { method: 'POST' });
	return {
		automaticSecret,
		targets: [
			{ name: 'automatic', ...automatic, secret: automaticSecret },
			{ name: 'manual', ...manual, secret: secrets.webhookSecret },
		],
	};
}

export interface Traffic {
	batches: Batch[];
	delivered: Delivered[];
	made: Made[];
	memory: ReturnType<MemoryWatch['judge']>;
}

export async function runTraffic(
	setting: Setting,
	{ targets }: Scene,
	{
		seed,
		say,
		planted,
		...size
	}: Size & { seed: number; say: (text: string) => void; planted: string },
): Promise<Traffic> {
	const chance = chanceOf(seed);
	const batches: Batch[] = [];
	const delivered: Delivered[] = [];
	const made: Made[] = [];
	const postman = new Postman(targets);
	const memory = new MemoryWatch(setting);
	try {
		await startChaos(setting, seed);
		for (let round = 1; round <= size.rounds; round++) {
			if (setting.n8n.hasExited()) throw new Error('n8n has ended by itself');
			const startedAt = Date.now();
			const name = `s${seed}-r${round}`;
			const [[createBatches, createItems], [getBatches, getItems]] = [size.creates, size.gets];
			const sent = [
				...Array.from(
					{ length: createBatches },
					async (_, index) =>
						await sendCreates(
							setting,
							CREATES[index % CREATES.length],
							`${name}-c${index}`,
							createItems,
							chance,
							round === 1 ? planted : '',
						),
				),
				...Array.from(
					{ length: getBatches },
					async (_, index) =>
						await sendReads(
							setting,
							index % 2 === 0 ? 'get-v1' : 'get-v3',
							`${name}-g${index}`,
							getItems,
							made,
							chance,
						),
				),
				sendReads(setting, 'find-one', `${name}-f`, size.finds, made, chance),
				sendReads(setting, 'list-many', `${name}-l`, 1, made, chance),
			];
			const [answers, letters] = await Promise.all([
				Promise.all(sent),
				deliverMany(postman, size.deliveries, chance),
				revokeSomewhen(setting, chance),
			]);
			batches.push(...answers);
			made.push(
				...answers.filter(({ operation }) => operation.startsWith('create')).flatMap(sessionsOf),
			);
			await atRest(setting);
			// One after the other: two deliveries of one event at the very same moment can both pass.
			const repeats: Delivered[] = [];
			for (const letter of letters
				.filter(({ what }) => what === 'valid')
				.slice(0, Math.ceil(size.deliveries / 8)))
				repeats.push(await letter.again());
			await atRest(setting);
			delivered.push(...letters, ...repeats);
			const seconds = Math.round((Date.now() - startedAt) / 1000);
			const { heap, processor } = await memory.endRound();
			say(
				`round ${round} of ${size.rounds}: ${seconds} s; n8n's processor time so far ${Math.round(processor)} s, heap ${Math.round(heap)} MB`,
			);
		}
		return { batches, delivered, made, memory: memory.judge() };
	} finally {
		memory.stop();
		postman.close();
	}
}

async function deliverMany(postman: Postman, count: number, chance: Chance): Promise<Delivered[]> {
	const letters: Delivered[] = [];
	let left = count;
	await Promise.all(
		Array.from({ length: COURIERS }, async () => {
			while (left-- > 0) letters.push(await postman.deliver(chance));
		}),
	);
	return letters;
}

/** So often, a tenth of a second apart, must n8n be seen at rest: a webhook that was just answered can still start an execution. */
const LOOKS = 3;

/** Waits until no execution is under way. @throws Error after five minutes */
async function atRest({ client }: Setting): Promise<void> {
	const running = encodeURIComponent(JSON.stringify({ status: ['new', 'running', 'waiting'] }));
	let quiet = 0;
	await eventually(
		'n8n to come to rest',
		async () => {
			const { results } = await client.get<{ results: unknown[] }>(
				`/rest/executions?filter=${running}&limit=1`,
			);
			quiet = results.length === 0 ? quiet + 1 : 0;
			return quiet > LOOKS;
		},
		300,
	);
}

/**
 * `npm run test:soak`: traffic through a real n8n while the sandbox fails at random. Every item, session, delivery and byte
 * of log is accounted for at the end.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { report, type Findings } from '../../harness/report.mts';
import { chaosOf } from './chaos.mts';
import { judgeCreates } from './creates.mts';
import { readDatabase } from './database.mts';
import { judgeLog } from './log.mts';
import { judgeReads } from './reads.mts';
import { judgeDeliveries } from './runs.mts';
import { judgeSecrets } from './secrets.mts';
import { runTraffic, setUp, SIZES } from './traffic.mts';
import { startWorld } from './world.mts';

const command = new Command('npm run test:soak --')
	.description(
		'Sends thousands of creates, reads and deliveries through a real n8n while Didit, played by the sandbox, fails at random.',
	)
	.option('--short', 'fewer of them; leaves docs/measurements.md alone', false)
	.option('--keep', "keep n8n's database and logs", false)
	.option('--seed <number>', 'of everything random; any by default', seedOf)
	.parse();

function seedOf(text: string): number {
	if (!/^\d{1,9}$/.test(text))
		throw new InvalidArgumentError('It must be a whole number of at most nine digits.');
	return Number(text);
}

const {
	short,
	keep,
	seed = randomInt(1, 1_000_000),
} = command.opts<{ short: boolean; keep: boolean; seed?: number }>();
const say = (text: string) => console.error(`soak: ${text}`);
const startedAt = Date.now();
say(`seed ${seed}`);

const world = await startWorld(say, keep);
let findings: Findings;
try {
	const planted = `planted${randomBytes(12).toString('hex')}`;
	const scene = await setUp(world, planted);
	const { batches, delivered, made, memory } = await runTraffic(world, scene, {
		...SIZES[short ? 'short' : 'full'],
		seed,
		say,
		planted,
	});
	const faults = await chaosOf(world, SIZES[short ? 'short' : 'full'].rounds);
	const crashed = world.hasCrashed();
	await world.stopN8n();

	say('reading what n8n has written');
	const stored = await readDatabase(world);
	const creates = await judgeCreates(
		world,
		batches.filter(({ operation }) => operation.startsWith('create')),
	);
	const reads = judgeReads(
		batches.filter(({ operation }) => !operation.startsWith('create')),
		made,
	);
	const runs = judgeDeliveries(
		delivered,
		stored.executions,
		scene.targets.map(({ workflow }) => workflow),
	);
	const log = await judgeLog(world, crashed);
	const secrets = await judgeSecrets(world, stored, scene.automaticSecret, planted);
	const operations = creates.items + reads.items + delivered.length;
	const { operations: wanted } = SIZES[short ? 'short' : 'full'];
	findings = {
		about: `${operations} creates, reads and deliveries in ${stored.executions.length} executions of one n8n, several at a time, while the sandbox fails at random (seed ${seed}) and its tokens live for 30 seconds. Failed items continue, by the regular or by the error output. All executions are saved.`,
		tables: [
			faults.table,
			...creates.tables,
			...reads.tables,
			...runs.tables,
			...memory.tables,
			...secrets.tables,
		],
		aims: [
			{ text: 'Creates, reads and deliveries', measured: operations, atLeast: wanted },
			{ text: 'Kinds of faults that happened', measured: faults.kinds, atLeast: short ? 10 : 11 },
			...creates.aims,
			...reads.aims,
			...runs.aims,
			...memory.aims,
			...log.aims,
			...secrets.aims,
		],
	};
} finally {
	await world.stop();
}
report('soak', 'npm run test:soak', findings, { short, startedAt });

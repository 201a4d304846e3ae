/**
 * `npm run test:soak`: traffic through a real n8n while the sandbox fails at random. Every item, session, delivery and byte
 * of log is accounted for at the end.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { InvalidArgumentError } from 'commander';
import { check, type Run } from '../../harness/check.mts';
import type { Findings } from '../../harness/report.mts';
import { inWorld, type World } from '../../harness/world.mts';
import { chaosOf } from './chaos.mts';
import { judgeCreates } from './creates.mts';
import { readDatabase } from './database.mts';
import { judgeLog } from './log.mts';
import { judgeReads } from './reads.mts';
import { judgeDeliveries } from './runs.mts';
import { judgeSecrets } from './secrets.mts';
import { startSetting } from './setting.mts';
import { runTraffic, setUp, SIZES } from './traffic.mts';

interface Options {
	keep: boolean;
	seed?: number;
}

await check<Options>(
	{
		name: 'soak',
		command: 'npm run test:soak',
		description:
			'Sends thousands of creates, reads and deliveries through a real n8n while Didit, played by the sandbox, fails at random.',
		fewer: 'of them',
		options: (command) =>
			command
				.option('--keep', "keep n8n's database and logs", false)
				.option('--seed <number>', 'of everything random; any by default', seedOf),
	},
	async (run) => {
		const { say, signal, options } = run;
		return await inWorld(
			{ name: 'soak', say, signal, keep: options.keep },
			async (world) => await soak(world, run),
		);
	},
);

function seedOf(text: string): number {
	if (!/^\d{1,9}$/.test(text))
		throw new InvalidArgumentError('It must be a whole number of at most nine digits.');
	return Number(text);
}

async function soak(world: World, { short, say, options }: Run<Options>): Promise<Findings> {
	const { seed = randomInt(1, 1_000_000) } = options;
	say(`seed ${seed}`);
	const size = SIZES[short ? 'short' : 'full'];
	const setting = await startSetting(world);
	const planted = `planted${randomBytes(12).toString('hex')}`;
	const scene = await setUp(setting, planted);
	const traffic = { ...size, seed, say, planted };
	const { batches, delivered, made, memory } = await runTraffic(setting, scene, traffic);
	const faults = await chaosOf(setting, size.rounds);
	const crashed = setting.n8n.hasExited();
	await setting.n8n.stop();

	say('reading what n8n has written');
	const stored = await readDatabase(setting);
	const creates = await judgeCreates(
		setting,
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
	const log = await judgeLog(setting, crashed);
	const secrets = await judgeSecrets(setting, stored, scene.automaticSecret, planted);
	const operations = creates.items + reads.items + delivered.length;
	return {
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
			{ text: 'Creates, reads and deliveries', measured: operations, atLeast: size.operations },
			{ text: 'Kinds of faults that happened', measured: faults.kinds, atLeast: short ? 10 : 11 },
			...creates.aims,
			...reads.aims,
			...runs.aims,
			...memory.aims,
			...log.aims,
			...secrets.aims,
		],
	};
}

/** The programs under test, in one process of their own: prints a line of JSON when they are ready, stops when its standard input ends. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import Fastify from 'fastify';
import getPort from 'get-port';
import { hostOf } from '../../../checks/hosts/hosts.mts';
import { provision } from '../../../harness/examples.mts';
import type { N8n } from '../../../harness/n8n/server.mts';
import type { TypeDescription } from '../../../harness/n8n/client.mts';
import { inWorld } from '../../../harness/world.mts';
import type { World } from './world.mts';

const say = (text: string) => process.stderr.write(`  ${text}\n`);
const stopping = new AbortController();
const { signal } = stopping;
process.stdin.on('end', () => stopping.abort(new Error('Stopped.'))).resume();

/** The pinned n8n, or the one that `npm run test:hosts` wants. */
const host = hostOf(process.env.E2E_HOST);

try {
	await inWorld({ name: 'e2e', say, signal, release: host }, async (running) => {
		const sandbox = await running.startSandbox();
		const mailbox = await running.startMailbox();
		const files = join(running.folder, 'files');
		await mkdir(files);
		const ports = { port: await getPort(), brokerPort: await getPort() };
		const start = async () =>
			await running.startN8n({
				...ports,
				withMcp: true,
				env: {
					...host.env,
					// Where the nodes for files may write.
					N8N_RESTRICT_FILE_ACCESS_TO: files,
					// Minutes until the files of executions that aren't saved are gone. n8n's own setting is 15.
					EXECUTIONS_DATA_PRUNE_HARD_DELETE_INTERVAL: '0.1',
				},
			});
		let n8n = await start();
		const { client, credentials, signup, onboarding } = await provision(
			n8n.url,
			sandbox,
			mailbox.smtpPort,
		);
		// The tests run in another process: this is how they crash n8n, and start and stop others.
		const control = Fastify();
		control.post('/', async () => {
			await n8n.crash();
			n8n = await start();
			return 'started';
		});
		const others = new Map<string, N8n>();
		control.post<{ Body: { userFolder: string; port: number; publicUrl: string } }>(
			'/others',
			async ({ body: { userFolder, port, publicUrl } }) => {
				const env = { ...host.env, WEBHOOK_URL: publicUrl };
				const other = await running.startN8n({ userFolder, port, env });
				others.set(userFolder, other);
				return { url: other.url, log: other.log };
			},
		);
		control.post<{ Body: { userFolder: string } }>('/others/stop', async ({ body }) => {
			await others.get(body.userFolder)?.stop();
			return 'stopped';
		});
		running.atEnd(async () => await control.close());
		const { url, clientId, clientSecret, apiKey, limitedKey } = sandbox;
		const world: World = {
			crashUrl: await control.listen({ host: '127.0.0.1', port: 0 }),
			n8n: { url: n8n.url, session: client.session, log: n8n.log, version: host.n8n },
			typeVersions: versionsOf(await client.nodeTypes()),
			credentials,
			signup,
			onboarding,
			sandbox: { url, clientId, clientSecret, apiKey, limitedKey },
			files,
			mailbox: { url: mailbox.url, smtpPort: mailbox.smtpPort },
		};
		process.stdout.write(`${JSON.stringify(world)}\n`);
		await new Promise(() => undefined);
	});
} catch (error) {
	if (!signal.aborted) {
		say((error as Error).message);
		process.exitCode = 1;
	}
} finally {
	process.exit();
}

function versionsOf(types: TypeDescription[]): Record<string, number[]> {
	const all: Record<string, number[]> = {};
	for (const { name, version } of types) all[name] = [...(all[name] ?? []), version ?? []].flat();
	return all;
}

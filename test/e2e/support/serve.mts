/** The programs under test in one process of their own: prints one line of JSON when they are ready, stops when its standard input ends. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TypeDescription } from '../../../harness/n8n/client.mts';
import { ensureInstall } from '../../../harness/n8n/install.mts';
import { packPackage } from '../../../harness/package.mts';
import { stateFolder } from '../../../harness/paths.mts';
import { freePort } from '../../../harness/ports.mts';
import { provision } from '../../../harness/examples.mts';
import { startStack } from '../../../harness/stack.mts';
import { hostOf } from '../../../checks/hosts/hosts.mts';
import type { World } from './world.mts';

const say = (text: string) => process.stderr.write(`${text}\n`);
const stopping = new AbortController();
process.stdin.on('end', () => stopping.abort(new Error('Stopped.'))).resume();

const userFolder = await mkdtemp(join(tmpdir(), 'didit-e2e-'));
try {
	// Which n8n, and where to build: both have defaults. Two runs at the same time need a folder each.
	const { E2E_HOST, E2E_FOLDER } = process.env;
	const host = hostOf(E2E_HOST);
	const install = await ensureInstall((text) => say(`  n8n: ${text}`), stopping.signal, host);
	const packed = E2E_FOLDER ?? `${stateFolder()}-e2e`;
	await mkdir(packed, { recursive: true });
	const packageDir = await packPackage(packed, stopping.signal);
	const ports = {
		n8n: await freePort(),
		sandbox: await freePort(),
		smtp: await freePort(),
		mail: await freePort(),
	};
	const files = join(userFolder, 'files');
	await mkdir(files);
	// Where the nodes for files may write.
	const env = { ...host.env, N8N_RESTRICT_FILE_ACCESS_TO: files };
	const stack = await startStack({
		install,
		packageDir,
		userFolder,
		ports,
		env,
		signal: stopping.signal,
	});
	try {
		const { client, credentials, signup, onboarding } = await provision(
			stack.n8n.url,
			stack.sandbox,
			ports.smtp,
		);
		const { url, clientId, clientSecret, apiKey, limitedKey } = stack.sandbox;
		// The tests run in another process: this is how they crash n8n.
		const control = createServer((_, response) => {
			stack.crashN8n().then(
				() => response.end('started'),
				(error: Error) => response.writeHead(500).end(error.message),
			);
		}).listen(0, '127.0.0.1');
		await once(control, 'listening');
		const world: World = {
			crashUrl: `http://127.0.0.1:${(control.address() as AddressInfo).port}/`,
			n8n: { url: stack.n8n.url, session: client.session, log: stack.n8n.log, version: host.n8n },
			typeVersions: versionsOf(await client.nodeTypes()),
			credentials,
			signup,
			onboarding,
			sandbox: { url, clientId, clientSecret, apiKey, limitedKey },
			files,
			mailbox: { url: stack.mailbox.url },
		};
		process.stdout.write(`${JSON.stringify(world)}\n`);
		await new Promise((resolve) =>
			stopping.signal.addEventListener('abort', resolve, { once: true }),
		);
	} finally {
		await stack.stop();
	}
} catch (error) {
	if (!stopping.signal.aborted) {
		say((error as Error).message);
		process.exitCode = 1;
	}
} finally {
	await rm(userFolder, { recursive: true, force: true });
	process.exit();
}

function versionsOf(types: TypeDescription[]): Record<string, number[]> {
	const all: Record<string, number[]> = {};
	for (const { name, version } of types) all[name] = [...(all[name] ?? []), version ?? []].flat();
	return all;
}

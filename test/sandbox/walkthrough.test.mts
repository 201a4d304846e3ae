// Follows "Your own endpoint in five minutes" of sandbox/README.md: types its lines into a shell, as they stand there.
import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/freePort.mts';

const page = readFileSync('sandbox/README.md', 'utf8').split('## What it speaks')[0];
const blocks = (language: string) =>
	[...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
		([, text]) => text,
	);
const [receiver] = blocks('js');
const [start, ...steps] = blocks('sh');

/** A busy machine takes its time to start Node.js. */
const PATIENCE_MS = 40_000;

const folder = mkdtempSync(join(tmpdir(), 'didit-walkthrough-'));
const running: ChildProcess[] = [];

afterAll(async () => {
	for (const child of running) {
		const ended = new Promise((done) => child.once('close', done));
		// The whole group: a shell doesn't pass signals on.
		if (child.exitCode === null && child.signalCode === null) {
			process.kill(-child.pid!, 'SIGTERM');
			await ended;
		}
	}
	rmSync(folder, { recursive: true });
});

/** A shell with a process group of its own, whose output can be waited for. */
function shell() {
	const child = spawn('bash', { detached: true, stdio: 'pipe' });
	running.push(child);
	let output = '';
	let heard = () => {};
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			heard();
		});
	return {
		type: (lines: string) => child.stdin.write(`${lines}\n`),
		/** Resolves with the first match in what was printed so far or comes next. */
		prints: (pattern: RegExp) =>
			new Promise<RegExpExecArray>((resolve, reject) => {
				const late = setTimeout(
					() => reject(new Error(`No ${String(pattern)} in:\n${output}`)),
					PATIENCE_MS,
				);
				heard = () => {
					const found = pattern.exec(output);
					if (!found) return;
					clearTimeout(late);
					resolve(found);
				};
				heard();
			}),
	};
}

it(
	'works as the page says',
	async () => {
		const [sandbox, endpoint] = [await freePort(), await freePort()];
		const here = (text: string) =>
			text
				.replaceAll('4180', String(sandbox))
				.replaceAll('4181', String(endpoint))
				.replaceAll('receiver.mjs', join(folder, 'receiver.mjs'));
		writeFileSync(join(folder, 'receiver.mjs'), here(receiver));

		expect(start).toBe('npm ci\nnpm run sandbox -- --port 4180\n');
		const server = shell();
		server.type(here(start.replace('npm ci\n', '')));
		await server.prints(/Ctrl-C stops it/);

		const [register, forged, session, faults, sign] = steps.map(here);
		const terminal = shell();
		terminal.type(register);
		terminal.type(forged);
		await terminal.prints(/^forged: 401$/m);
		terminal.type(session);
		await terminal.prints(/^received status\.updated Approved$/m);
		terminal.type(faults);
		// The event of the second one may come first.
		await terminal.prints(/^first: 503$/m);
		await terminal.prints(/^second: 201$/m);
		terminal.type(sign);
		const [line] = await terminal.prints(/^\{.*"headers".*\}$/m);
		const { body, headers } = JSON.parse(line) as { body: string; headers: Record<string, string> };
		expect(JSON.parse(body)).toMatchObject({ status: 'Declined' });
		expect(headers['X-Signature']).toBe(
			createHmac('sha256', 'my-secret').update(body).digest('hex'),
		);
	},
	4 * PATIENCE_MS,
);

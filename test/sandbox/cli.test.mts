import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';

/** Runs the command line as its own process and collects what it prints until it ends or `until` appears. */
function run(
	args: string[],
	until?: string,
): Promise<{ code: number | null; output: string; stop: () => Promise<number | null> }> {
	return new Promise((resolve) => {
		const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/cli.mts', ...args], {
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const ended = new Promise<number | null>((done) => child.once('close', done));
		let output = '';
		const stop = async () => {
			child.kill('SIGTERM');
			return await ended;
		};
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (chunk: Buffer) => {
				output += chunk.toString();
				if (until && output.includes(until)) resolve({ code: null, output, stop });
			});
		}
		void ended.then((code) => resolve({ code, output, stop }));
	});
}

describe('npm run sandbox', () => {
	it('prints where it is and how to get in, works, and ends on a signal', async () => {
		const { output, stop } = await run(
			['--port', '0', '--token-lifetime', '30', '--api-key', 'my-key'],
			'Ctrl-C',
		);
		const url = /Dashboard\s+(\S+)\//.exec(output)![1];
		for (const part of [
			'sandbox-client-id',
			'sandbox-client-secret',
			'my-key',
			`${url}/auth/v2/token/`,
		])
			expect(output).toContain(part);
		expect(await (await fetch(`${url}/sandbox/settings`)).json()).toMatchObject({
			tokenLifetime: 30,
		});
		expect(
			(await fetch(`${url}/v3/workflows/`, { headers: { 'x-api-key': 'my-key' } })).status,
		).toBe(200);
		expect(await stop()).toBe(0);
	});

	it('says in a sentence that its port is in use', async () => {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const { code, output } = await run(['--port', String(port)]);
		server.close();
		expect(code).toBe(1);
		expect(output.trim()).toBe(
			`Port ${port} is already in use. Stop what is using it, or choose another: npm run sandbox -- --port ${port + 1}`,
		);
	});

	it.each([
		['--port', 'many', 'whole number'],
		['--token-lifetime', '0', 'whole number'],
		['--auth-failure', '404', '401 or 403'],
	])('refuses %s %s', async (flag, value, words) => {
		const { code, output } = await run([flag, value]);
		expect([code, output]).toEqual([1, expect.stringContaining(words)]);
	});

	it('explains its options', async () => {
		const { code, output } = await run(['--help']);
		expect(code).toBe(0);
		for (const flag of ['--port', '--token-lifetime', '--public-url', 'sandbox/README.md'])
			expect(output).toContain(flag);
	});
});

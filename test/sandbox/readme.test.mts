import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { call, create, v3, withSandbox } from './client.mts';

/** The curl lines of the sandbox's README as lists of arguments. The shell reads them, with a `curl` that only prints what it gets. */
function curlCalls(): string[][] {
	const page = readFileSync('sandbox/README.md', 'utf8');
	// What stands before is typed as it is: walkthrough.test.mts.
	const reference = page.slice(page.indexOf('## What it speaks'));
	const blocks = [...reference.matchAll(/```sh\n(.*?)```/gs)].map(([, text]) => text);
	const printed = execFileSync(
		'sh',
		['-c', `curl() { printf '%s\\037' "$@"; echo; }\n${blocks.join('\n')}`],
		{ encoding: 'utf8' },
	);
	return printed
		.trim()
		.split('\n')
		.map((line) => line.split('\x1f').filter(Boolean));
}

describe('a command of the README', () => {
	const sandbox = withSandbox();
	const calls = curlCalls();

	it('is not overlooked', () => expect(calls.length).toBeGreaterThan(15));

	it.each(calls.map((args) => [args.join(' '), args] as const))(
		'works: %s',
		async (_line, args) => {
			const { session_id } = await create(sandbox());
			const { body: destination } = await v3(sandbox(), 'POST', '/v3/webhook/destinations/', {
				label: 'x',
				url: 'http://127.0.0.1:9/x',
				subscribed_events: ['activity.created'],
			});
			const filled = args.map((arg) =>
				arg
					.replace('SESSION_ID', session_id as string)
					.replace('DESTINATION_UUID', destination.uuid as string),
			);
			const url = filled
				.find((arg) => arg.startsWith('http'))!
				.replace(/^http:\/\/[^/]+/, sandbox().url);
			const after = (flag: string) =>
				filled.includes(flag) ? filled[filled.indexOf(flag) + 1] : undefined;
			const headers = Object.fromEntries(
				filled.flatMap((arg, index) => (filled[index - 1] === '-H' ? [arg.split(': ')] : [])),
			);
			const { status } = await call(sandbox(), after('-X') ?? 'GET', url, {
				raw: after('-d'),
				headers,
			});
			expect([200, 201, 202, 204]).toContain(status);
		},
	);
});

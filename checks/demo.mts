/**
 * `npm run test:demo`: does what a newcomer does. A fresh copy of the repository, `npm start`, the curl line it prints, a look
 * into the mailbox, a click on Approve, Ctrl-C. The ports are free ones, so that a demo that runs here isn't disturbed.
 */
import { execFile } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import getPort from 'get-port';
import { eventually } from '../harness/eventually.mts';
import { mailsTo } from '../harness/mailbox.mts';
import { N8nClient } from '../harness/n8n/client.mts';
import { CLONE, stateFolder } from '../harness/paths.mts';
import { startProgram, type Program } from '../harness/process.mts';

const RECIPIENT = 'grace@mail.example';
/** What a clone doesn't have: what was installed, built or written since, and its history. */
const NOT_CLONED = ['node_modules', 'dist', '.tmp', '.git'];

const ports = {
	n8n: await getPort(),
	sandbox: await getPort(),
	mail: await getPort(),
	smtp: await getPort(),
};
const at = (port: number) => `http://127.0.0.1:${port}`;
const work = realpathSync(await mkdtemp(join(tmpdir(), 'didit-demo-')));
const clone = join(work, 'clone');
const log = join(work, 'output');
const output = () => readFileSync(log, 'utf8');
let demo: Program | undefined;
try {
	await cp(CLONE, clone, {
		recursive: true,
		filter: (path) => !NOT_CLONED.includes(relative(CLONE, path).split(sep)[0]),
	});
	demo = await startProgram({
		name: 'npm start',
		command: 'npm',
		args: [
			'start',
			'--',
			...Object.entries(ports).flatMap(([name, port]) => [`--${name}-port`, String(port)]),
		],
		cwd: clone,
		log,
		isReady: () => Promise.resolve(output().includes('Ctrl-C stops everything')),
		readyWithin: 900,
	});
	console.log('npm start is ready.');
	await signUp();
	await approve();
	await interrupt(demo);
} catch (error) {
	console.error((error as Error).message);
	if (demo) console.error(`What npm start printed:\n${output()}`);
	process.exitCode = 1;
} finally {
	await demo?.stop();
	await rm(work, { recursive: true, force: true });
	await rm(stateFolder(clone), { recursive: true, force: true });
}
process.exit();

/** The printed line, in a shell as it is. */
async function signUp(): Promise<void> {
	const line = /curl -X POST .*/.exec(output())?.[0];
	if (!line) throw new Error('npm start prints no curl line.');
	const { stdout } = await promisify(execFile)('bash', ['-c', line]);
	if (!stdout.includes('"session_id"'))
		throw new Error(`The curl line was answered with: ${stdout}`);
	console.log('The printed curl line got a session ID.');
}

async function approve(): Promise<void> {
	const sessions = `${at(ports.sandbox)}/session/`;
	const link = await eventually('the email with the link', async () => {
		const [mail] = await mailsTo(at(ports.mail), RECIPIENT);
		return mail && linkIn(mail.text, sessions);
	});
	console.log('The email with the link is in the mailbox.');

	const page = await fetch(link);
	if (!page.ok || !(await page.text()).includes('Approve'))
		throw new Error(`The link ${link} doesn't open.`);
	// A program is faster than a person: until the workflow has gone to sleep, there's nothing to resume.
	const client = await N8nClient.signIn(at(ports.n8n));
	await eventually('the workflow to wait', async () => {
		const { results } = await client.get<{ results: Array<{ status: string }> }>(
			'/rest/executions',
		);
		return results.some(({ status }) => status === 'waiting');
	});
	// As a browser does it: through the address that resumes the workflow, on to the website's page.
	const back = await fetch(link, {
		method: 'POST',
		headers: { accept: 'text/html' },
		body: new URLSearchParams({ result: 'approve' }),
	});
	if (!back.ok || !(await back.text()).includes('Back at Example Shop'))
		throw new Error("Approving didn't lead back.");
	console.log('The link opens, and approving leads back to the website.');

	await eventually('the email "You are verified"', async () =>
		(await mailsTo(at(ports.mail), RECIPIENT)).some(
			({ subject }) => subject === 'You are verified',
		),
	);
	console.log('The email "You are verified" is in the mailbox.');
}

/** The address in the text of an email that begins like this. */
function linkIn(text: string, start: string): string | undefined {
	return text.split(/\s+/).find((word) => word.startsWith(start));
}

async function interrupt({ pid, signal }: Program): Promise<void> {
	const processes = [pid, ...(await descendants(pid))];
	signal('SIGINT');
	await eventually('every process to end', () => !processes.some(isAlive));
	const answer = await fetch(`${at(ports.n8n)}/healthz`).catch(() => undefined);
	if (answer) throw new Error('n8n still answers.');
	console.log(`Ctrl-C ended all ${processes.length} processes.`);
}

/** Children, their children, and so on. */
async function descendants(pid: number): Promise<number[]> {
	const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
	const all = stdout
		.trim()
		.split('\n')
		.map((line) => line.trim().split(/\s+/).map(Number));
	const below = (parent: number): number[] =>
		all.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child, ...below(child)]);
	return below(pid);
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

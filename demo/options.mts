/** The command line of `npm start`, and the check that its ports are free. */
import { Command, InvalidArgumentError } from 'commander';
import getPort from 'get-port';

export interface DemoOptions {
	n8nPort: number;
	sandboxPort: number;
	smtpPort: number;
	mailPort: number;
	reset: boolean;
}

/** Flag, default and use of every port. The texts of --help and of the "is taken" message come from here. */
const PORTS = [
	{ key: 'n8nPort', flag: '--n8n-port', port: 5678, use: 'n8n' },
	{ key: 'sandboxPort', flag: '--sandbox-port', port: 4180, use: 'the Didit sandbox' },
	{ key: 'mailPort', flag: '--mail-port', port: 1080, use: 'the mailbox in the browser' },
	{
		key: 'smtpPort',
		flag: '--smtp-port',
		port: 1025,
		use: 'the mailbox for incoming email (SMTP)',
	},
] as const;

/** Ends the process for --help and for a wrong option, as commander does. */
export function parseOptions(args: string[]): DemoOptions {
	const command = new Command('npm start --')
		.description(
			'Shows the main job on your machine: a signup creates a Didit session, its link is emailed, and the workflow waits for the result.\nStarts a real n8n, a local Didit (the sandbox) and a mailbox on 127.0.0.1. Ctrl-C stops them.',
		)
		.option(
			'--reset',
			'forget what earlier starts in this clone stored (account, workflows, executions)',
			false,
		)
		.allowExcessArguments(false);
	for (const { flag, port, use } of PORTS)
		command.option(`${flag} <port>`, `port of ${use}`, parsePort, port);
	return command.parse(args, { from: 'user' }).opts<DemoOptions>();
}

function parsePort(text: string): number {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 1 || port > 65535)
		throw new InvalidArgumentError('A port is a whole number from 1 to 65535.');
	return port;
}

const isFree = async (port: number): Promise<boolean> => (await getPort({ port })) === port;

/** Throws one sentence for each port that is in use or asked for twice. */
export async function checkPorts(options: DemoOptions): Promise<void> {
	const problems: string[] = [];
	const taken = new Map<number, string>();
	for (const { key, flag, use } of PORTS) {
		const port = options[key];
		const other = taken.get(port);
		if (other)
			problems.push(
				`Port ${port} can't serve both ${other} and ${use}. Choose another one with ${flag}.`,
			);
		else if (!(await isFree(port))) {
			problems.push(
				`Port ${port} (${use}) is used by another program. Stop that program, or choose another port: npm start -- ${flag} ${port + 1}`,
			);
		}
		taken.set(port, use);
	}
	if (problems.length > 0) throw new Error(problems.join('\n'));
}

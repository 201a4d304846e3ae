/** The command line of `npm start`, and the check that its ports can be had. */
import { Command, InvalidArgumentError } from 'commander';
import { isFree } from '../harness/ports.mts';

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
	{ key: 'smtpPort', flag: '--smtp-port', port: 1025, use: 'the mailbox for incoming mail (SMTP)' },
] as const;

/** Ends the process for --help and for a wrong option, as commander does. */
export function parseOptions(args: string[]): DemoOptions {
	const command = new Command('npm start --')
		.description(
			'Shows the main job on this machine: a signup creates a Didit session, its link is e-mailed, and the workflow waits for the result.\nA real n8n, a local Didit (sandbox) and a mailbox start on 127.0.0.1. Ctrl-C stops them.',
		)
		.option(
			'--reset',
			'forget the data of earlier starts in this clone (account, workflows, executions)',
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

/** Throws one sentence for each port that is taken or asked for twice. */
export async function checkPorts(options: DemoOptions): Promise<void> {
	const problems: string[] = [];
	const taken = new Map<number, string>();
	for (const { key, flag, use } of PORTS) {
		const port = options[key];
		const other = taken.get(port);
		if (other)
			problems.push(
				`Port ${port} cannot serve both ${other} and ${use}. Choose another with ${flag}.`,
			);
		else if (!(await isFree(port))) {
			problems.push(
				`Port ${port} (${use}) is taken by another program. Stop it, or choose another port: npm start -- ${flag} ${port + 1}`,
			);
		}
		taken.set(port, use);
	}
	if (problems.length > 0) throw new Error(problems.join('\n'));
}

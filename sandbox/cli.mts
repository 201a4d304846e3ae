/** `npm run sandbox`: starts the sandbox on this machine, prints how to reach it and runs until Ctrl-C. */
import { Command, InvalidArgumentError } from 'commander';
import type { Sandbox } from './index.mts';

interface Options {
	port: number;
	publicUrl?: string;
	clientId?: string;
	clientSecret?: string;
	apiKey?: string;
	tokenLifetime?: number;
	authFailure?: number;
	limits: boolean;
}

const within = (least: number, most: number) => (text: string) => {
	const value = Number(text);
	if (!Number.isInteger(value) || value < least || value > most)
		throw new InvalidArgumentError(`Enter a whole number from ${least} to ${most}.`);
	return value;
};

function failureStatus(text: string): number {
	if (text !== '401' && text !== '403') throw new InvalidArgumentError('Enter 401 or 403.');
	return Number(text);
}

const program = new Command('npm run sandbox --')
	.description(
		[
			'A local Didit: token exchange, API versions 1 and 3, hosted page, webhooks and a dashboard.',
			"It keeps everything in memory and listens on 127.0.0.1 only. Don't enter real data.",
		].join('\n'),
	)
	.option('-p, --port <number>', 'port to listen on (0 for any free port)', within(0, 65_535), 4180)
	.option(
		'--public-url <url>',
		'address to use in links, if visitors come through a tunnel or a proxy',
	)
	.option('--client-id <text>', 'client ID of version 1 (default: "sandbox-client-id")')
	.option('--client-secret <text>', 'client secret of version 1 (default: "sandbox-client-secret")')
	.option('--api-key <text>', 'API key of version 3 (default: "sandbox-api-key")')
	.option(
		'--token-lifetime <seconds>',
		'how long tokens are valid (default: 86400, one day)',
		within(1, 31_536_000),
	)
	.option(
		'--auth-failure <status>',
		'status for a bad token or key: 401 or 403 (default: 403)',
		failureStatus,
	)
	.option('--no-limits', 'turn rate limits off')
	.addHelpText(
		'after',
		'\nExamples:\n  npm run sandbox\n  npm run sandbox -- --port 5000 --token-lifetime 30\n\nFor faults on demand and other switches, see sandbox/README.md',
	)
	.showHelpAfterError('(see --help for the options)');

function announce(sandbox: Sandbox): string {
	const { publicUrl, clientId, clientSecret, apiKey, limitedKey } = sandbox;
	return `
The Didit sandbox is ready. It isn't the real Didit: don't enter real data.

  Dashboard       ${publicUrl}/
  Verification    ${publicUrl}   (versions 1 and 3)
  Token           ${publicUrl}/auth/v2/token/

  Client ID       ${clientId}
  Client secret   ${clientSecret}
  API key         ${apiKey}
  Limited key     ${limitedKey}   (sessions only)

  Ctrl-C stops it. Nothing is kept.
`;
}

async function main(): Promise<void> {
	const { authFailure, limits, ...options } = program.parse().opts<Options>();
	// Loaded once the options are right, so that help and mistakes are answered at once.
	const { NO_LIMITS, startSandbox } = await import('./index.mts');
	const sandbox = await startSandbox({
		...options,
		log: true,
		...(limits ? {} : { rateLimits: NO_LIMITS }),
		...(authFailure ? { authFailureStatus: authFailure as 401 | 403 } : {}),
	});
	console.log(announce(sandbox));
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}

/** A sentence about a failure that the user can fix. */
function explain(error: NodeJS.ErrnoException): string | undefined {
	const { port } = program.opts<Options>();
	if (error.code === 'EADDRINUSE')
		return `Port ${port} is already in use. Stop what is using it, or choose another: npm run sandbox -- --port ${port + 1}`;
	if (error.code === 'EACCES')
		return `You don't have permission to use port ${port}. Choose one above 1023: npm run sandbox -- --port 4180`;
	return undefined;
}

main().catch((error: NodeJS.ErrnoException) => {
	console.error(explain(error) ?? error);
	process.exit(1);
});

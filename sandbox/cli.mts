/** `npm run sandbox`: starts the sandbox on this machine, prints how to reach it and runs until Ctrl-C. */
import { Command, InvalidArgumentError } from 'commander';
import { startSandbox, type Sandbox } from './index.mts';

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
		throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
	return value;
};

function failureStatus(text: string): number {
	if (text !== '401' && text !== '403') throw new InvalidArgumentError('It must be 401 or 403.');
	return Number(text);
}

const program = new Command('npm run sandbox --')
	.description(
		'A local Didit: token exchange, API version 1 and 3, hosted verification page, webhooks and a dashboard.\nEverything is kept in memory and listens on 127.0.0.1 only. No real data may be entered.',
	)
	.option('-p, --port <number>', 'port to listen on, 0 for any free one', within(0, 65_535), 4180)
	.option(
		'--public-url <url>',
		'address used in the links it hands out, when visitors come through a tunnel or a proxy',
	)
	.option('--client-id <text>', 'client ID of version 1 (default: "sandbox-client-id")')
	.option('--client-secret <text>', 'client secret of version 1 (default: "sandbox-client-secret")')
	.option('--api-key <text>', 'API key of version 3 (default: "sandbox-api-key")')
	.option(
		'--token-lifetime <seconds>',
		'how long a token lives (default: 86400, one day)',
		within(1, 31_536_000),
	)
	.option(
		'--auth-failure <status>',
		'status for a bad token or key, 401 or 403 (default: 403)',
		failureStatus,
	)
	.option('--no-limits', 'switch the rate limits off')
	.addHelpText(
		'after',
		'\nExamples:\n  npm run sandbox\n  npm run sandbox -- --port 5000 --token-lifetime 30\n\nFaults on demand and all other switches: sandbox/README.md',
	)
	.showHelpAfterError('(add --help for the options)');

function announce(sandbox: Sandbox): string {
	const { publicUrl, clientId, clientSecret, apiKey, limitedKey } = sandbox;
	return `
Didit sandbox, ready. It is not the real Didit: enter no real data.

  Dashboard       ${publicUrl}/
  Verification    ${publicUrl}   (version 1 and 3)
  Token           ${publicUrl}/auth/v2/token/

  Client ID       ${clientId}
  Client secret   ${clientSecret}
  API key         ${apiKey}
  Limited key     ${limitedKey}   (sessions only)

  Ctrl-C stops it, and forgets everything.
`;
}

async function main(): Promise<void> {
	const { authFailure, limits, ...options } = program.parse().opts<Options>();
	const off = { get: null, write: null, create: null, decision: null, pdf: null };
	const sandbox = await startSandbox({
		...options,
		log: true,
		...(limits ? {} : { rateLimits: off }),
		...(authFailure ? { authFailureStatus: authFailure as 401 | 403 } : {}),
	});
	console.log(announce(sandbox));
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}

/** Failures to listen that the user can do something about, in a sentence. */
function explain(error: NodeJS.ErrnoException): string | undefined {
	const { port } = program.opts<Options>();
	if (error.code === 'EADDRINUSE')
		return `Port ${port} is in use already. Stop what uses it, or choose another: npm run sandbox -- --port ${port + 1}`;
	if (error.code === 'EACCES')
		return `Port ${port} may not be used without more rights. Choose one above 1023: npm run sandbox -- --port 4180`;
	return undefined;
}

main().catch((error: NodeJS.ErrnoException) => {
	console.error(explain(error) ?? error);
	process.exit(1);
});

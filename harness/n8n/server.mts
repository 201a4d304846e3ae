/** Starts and stops one real n8n process (the editor's, a worker or a webhook process) with one community package in it, closed off from the rest of the world. */
import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { answers } from '../eventually.mts';
import { CLONE } from '../paths.mts';
import { startProgram, type Program } from '../process.mts';
import type { Install } from './install.mts';

/** n8n's commands: all in one, or the parts of queue mode beside it (docs.n8n.io, "Configuring queue mode"). */
export type Kind = 'start' | 'worker' | 'webhook';

export interface N8nOptions {
	install: Install;
	/** `start` unless given. The others need queue mode's settings in `env`. */
	kind?: Kind;
	/** n8n's data (database, encryption key, log) is kept in here and found again at the next start. */
	userFolder: string;
	/** Where it listens; a worker only tells its health there. */
	port: number;
	/** n8n's task runners connect here; every n8n process needs its own. */
	brokerPort: number;
	/** Folder of a built package: `package.json` and `dist`. Its nodes get the type name `<package name>.<node>`. */
	packageDir: string;
	/** With n8n's MCP server, which n8n has since 2.0 and which AI assistants build workflows through. */
	withMcp?: boolean;
	/** Further environment variables, for example a limit that a test needs. */
	env?: NodeJS.ProcessEnv;
	signal?: AbortSignal;
}

/** Stopping it lets running executions end: that is n8n's own shutdown. */
export interface N8n extends Program {
	url: string;
	/** Kills it as a crash would. */
	crash(): Promise<void>;
}

/** Addresses that answer well once the process is ready, and its log in the user folder. */
const KINDS: Record<
	Kind,
	{ ready: string[]; log: string; env: (port: string) => NodeJS.ProcessEnv }
> = {
	start: {
		ready: ['/healthz/readiness', '/rest/settings'],
		log: 'n8n.log',
		env: (port) => ({ N8N_PORT: port }),
	},
	worker: {
		ready: ['/healthz/readiness'],
		log: 'n8n-worker.log',
		env: (port) => ({
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: port,
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		}),
	},
	webhook: {
		ready: ['/healthz/readiness'],
		log: 'n8n-webhook.log',
		env: (port) => ({ N8N_PORT: port }),
	},
};

/**
 * Resolves when n8n answers as ready. The package is read at this moment: a later build needs another start.
 * Throws an Error that names the log file when n8n ends or doesn't get ready.
 */
export async function startN8n(options: N8nOptions): Promise<N8n> {
	const { install, userFolder, port, kind = 'start', signal } = options;
	const url = `http://127.0.0.1:${port}`;
	await linkPackage(userFolder, options.packageDir);
	const program = await startProgram({
		name: 'n8n',
		command: install.node,
		args: ['--require', join(CLONE, 'harness/n8n/guard.cjs'), install.n8n, kind],
		cwd: userFolder,
		log: join(userFolder, KINDS[kind].log),
		env: { ...environment(options), ...options.env },
		isReady: async () => {
			for (const path of KINDS[kind].ready) if (!(await answers(url + path))) return false;
			return true;
		},
		readyWithin: 180,
		signal,
	});
	const crash = async () => {
		program.signal('SIGKILL');
		await program.exited;
	};
	return { ...program, url, crash };
}

/** Puts the package where n8n keeps community packages, as if it had been installed from the editor. */
async function linkPackage(userFolder: string, packageDir: string): Promise<void> {
	const { name } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as {
		name: string;
	};
	const modules = join(userFolder, '.n8n/nodes/node_modules');
	await mkdir(modules, { recursive: true });
	await rm(join(modules, name), { recursive: true, force: true });
	await symlink(packageDir, join(modules, name), 'dir');
}

const UNUSED_MODULES = ['mcp-registry', 'instance-ai', 'chat-hub', 'breaking-changes', 'insights'];

/**
 * Only what is named here reaches n8n: settings of an n8n that the user runs elsewhere, and proxies (which would see the
 * requests to the sandbox), do not.
 */
function environment({
	userFolder,
	port,
	brokerPort,
	install,
	kind = 'start',
	withMcp = false,
}: N8nOptions): NodeJS.ProcessEnv {
	const { HOME, USER, LANG, TZ, TMPDIR, PATH } = process.env;
	return {
		HOME,
		USER,
		LANG,
		TZ,
		TMPDIR,
		PATH: `${join(install.node, '..')}:${PATH}`,
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		...KINDS[kind].env(String(port)),
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_PYTHON_ENABLED: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		// Nothing calls out: no telemetry, no version check, no template or package lists, no licence server.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_AI_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_REINSTALL_MISSING_PACKAGES: 'false',
		N8N_DISABLED_MODULES: [...UNUSED_MODULES, ...(withMcp ? [] : ['mcp'])].join(','),
	};
}

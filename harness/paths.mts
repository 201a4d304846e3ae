/** Where things are kept that outlive a clone (the installed n8n) or belong to one (its builds, the data of its demo). */
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The clone. `start.mjs`, npm scripts and jest all run in it; `import.meta` is not available in files that jest loads. */
export const CLONE = process.cwd();

/** Shared by all clones of this user. `N8N_DIDIT_CACHE` names another folder. */
export function cacheFolder(): string {
	const { N8N_DIDIT_CACHE, XDG_CACHE_HOME } = process.env;
	return N8N_DIDIT_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-didit');
}

/**
 * A clone's builds of the package, and the data of its demo. It's outside the clone on purpose: a package below the clone would
 * find the clone's `n8n-workflow` before n8n's own, and classes such as NodeApiError would exist twice.
 */
export function stateFolder(clone = CLONE): string {
	const id = createHash('sha256').update(clone).digest('hex').slice(0, 8);
	return join(cacheFolder(), `demo-${id}`);
}

/** Where the demo keeps what must outlive a clone (the n8n install) and what belongs to one clone (its n8n data). */
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
 * n8n's data for this clone's demo. It is outside the clone on purpose: a package below the clone would find the clone's
 * `n8n-workflow` before n8n's own, and classes such as NodeApiError would exist twice.
 */
export function stateFolder(): string {
	return join(
		cacheFolder(),
		`demo-${createHash('sha256').update(CLONE).digest('hex').slice(0, 8)}`,
	);
}

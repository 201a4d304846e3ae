/** What n8n's database holds after the run. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CLONE } from '../../harness/paths.mts';
import { RAN } from './workflows.mts';
import type { Setting } from './setting.mts';

export interface StoredExecution {
	id: string;
	workflowId: string;
	status: string;
	/** Sessions for which the node after the trigger ran. */
	ran: string[];
}

export interface StoredData {
	executions: StoredExecution[];
	/** Every value of every row as text, but for what workflows remember. */
	decoded: string;
	/** What workflows remember: their "static data". */
	remembered: string;
	/** The database's bytes as n8n left them. */
	database: string;
	/** The same without what workflows remember. */
	forgotten: string;
}

/** To be called when n8n has stopped. Paths are of files. */
export async function readDatabase({ install, folder }: Setting): Promise<StoredData> {
	const database = join(folder, '.n8n/database.sqlite');
	const out = join(folder, 'read');
	await mkdir(out);
	const { stdout } = await promisify(execFile)(
		install.node,
		[join(CLONE, 'checks/soak/database.mjs'), database, out, RAN],
		{ maxBuffer: 2 ** 28 },
	);
	const executions = (JSON.parse(stdout) as StoredExecution[]).map((one) => ({
		...one,
		ran: one.ran.map((text) => text.slice(RAN.length)),
	}));
	return {
		executions,
		database,
		decoded: join(out, 'decoded.txt'),
		remembered: join(out, 'remembered.txt'),
		forgotten: join(out, 'forgotten.sqlite'),
	};
}

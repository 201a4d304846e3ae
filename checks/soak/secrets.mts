/** Searches what n8n has written (logs, database, every other file of its folder) for what must not be in it. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Aim, Table } from '../../harness/report.mts';
import type { StoredData } from './database.mts';
import { ask } from '../../harness/sandbox.mts';
import { CLIENT_ID, type Setting } from './setting.mts';

/** As it is, and as it could be written otherwise. */
const forms = (secret: string): string[] => [
	...new Set([
		secret,
		Buffer.from(secret).toString('base64'),
		Buffer.from(secret).toString('hex'),
		encodeURIComponent(secret),
	]),
];

/** The number of needles that the file holds. */
async function found(file: string, needles: string[]): Promise<number> {
	const bytes = await readFile(file);
	return needles.filter((needle) => bytes.includes(needle)).length;
}

/** Files that n8n has written. Its packages and the pages of its editor are not among them, nor what the soak has put there. */
async function filesOf(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
	return paths.filter(
		(path) =>
			!/^(read\/|\.n8n\/nodes\/|memory\.jsonl|sandbox\.log)|(^|\/)\.cache\//.test(
				relative(folder, path),
			),
	);
}

/** @param planted a text that went through n8n's log and its executions, so that the search is seen to find */
export async function judgeSecrets(
	setting: Setting,
	stored: StoredData,
	automaticSecret: string,
	planted: string,
): Promise<{ aims: Aim[]; tables: Table[] }> {
	const { clientSecret, apiKey, webhookSecret } = setting.secrets;
	const { tokens } = await ask<{ tokens: string[] }>(setting.sandbox, 'GET', '/sandbox/tokens');
	const needles: Array<[what: string, count: number, forms: string[]]> = [
		['client secret', 1, forms(clientSecret)],
		[
			'client ID and secret as Basic credentials',
			1,
			[Buffer.from(`${CLIENT_ID}:${clientSecret}`).toString('base64')],
		],
		['API key', 1, forms(apiKey)],
		['access tokens, every one given out', tokens.length, tokens.flatMap(forms)],
		['webhook secret of the credential', 1, forms(webhookSecret)],
		['webhook secret of the registered webhook', 1, forms(automaticSecret)],
		['a planted text, to see the search find', 1, [planted]],
	];
	const files = await filesOf(setting.folder);
	const isDatabase = (file: string) => /\.sqlite(-\w+)?$/.test(file);
	const logs = files.filter((file) => !isDatabase(file));
	const all = async (paths: string[], texts: string[]) =>
		(await Promise.all(paths.map(async (path) => await found(path, texts)))).reduce(
			(sum, count) => sum + count,
			0,
		);

	const rows: Array<Array<string | number>> = [];
	let leaks = 0;
	let seen = 0;
	for (const [what, count, texts] of needles) {
		// Where the workflow keeps the secret of the webhook that it has registered is left out, and only for that one.
		const isKept = what === 'webhook secret of the registered webhook';
		const inLogs = await all(logs, texts);
		const inBytes = await all(isKept ? [stored.forgotten] : files.filter(isDatabase), texts);
		const inRows = await all(
			isKept ? [stored.decoded] : [stored.decoded, stored.remembered],
			texts,
		);
		rows.push([what, count, inLogs, inBytes, inRows]);
		if (texts[0] === planted) seen = [inLogs, inBytes, inRows].filter((hits) => hits > 0).length;
		else leaks += inLogs + inBytes + inRows;
	}
	const kept = await found(stored.remembered, [automaticSecret]);
	const sizes = await Promise.all(
		[...logs, stored.decoded].map(async (file) => (await readFile(file)).length),
	);
	return {
		aims: [
			{ text: 'Secrets found in logs or database', measured: leaks, atMost: 0 },
			{
				text: 'Places (logs, bytes, rows) where the search finds a planted text',
				measured: seen,
				atLeast: 3,
			},
			{
				text: 'The secret of the registered webhook is where the workflow remembers it, and was left out of the search only there',
				measured: kept,
				atLeast: 1,
			},
		],
		tables: [
			{
				title: 'Search for secrets',
				note: `In ${logs.length} files of logs and settings, at the most talkative log level, the bytes of the database, and every value of its rows decoded (${Math.round(sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20)} MB in all). As plain text, base64, hex and in an address.`,
				columns: ['what', 'how many', 'in logs', 'in bytes of the database', 'in its rows'],
				rows,
			},
		],
	};
}

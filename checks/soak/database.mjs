/**
 * Reads n8n's SQLite database, once n8n has stopped, with the Node.js that n8n runs with (its `node:sqlite` reads without a
 * library): `node database.mjs DATABASE OUT RAN`. Writes every value of every row, decoded, to OUT/decoded.txt; what the
 * workflows remember to OUT/remembered.txt; and to OUT/forgotten.sqlite a copy in which they remember nothing. Prints the
 * executions as JSON, each with the texts of its data that begin with RAN.
 */
import { Buffer } from 'node:buffer';
import { copyFileSync, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const [path, out, mark] = process.argv.slice(2);
const database = new DatabaseSync(path);
// Into the file itself, so that its bytes are complete.
database.exec('PRAGMA wal_checkpoint(TRUNCATE)');

/** Every text in a value, also those inside of JSON texts: n8n keeps the data of an execution as JSON in a column. */
function* texts(value) {
	if (value instanceof Uint8Array) yield Buffer.from(value).toString('latin1');
	else if (typeof value === 'string') {
		yield value;
		if (/^\s*[[{"]/.test(value)) {
			try {
				yield* texts(JSON.parse(value));
			} catch {
				// No JSON after all.
			}
		}
	} else if (typeof value === 'object' && value !== null) {
		for (const [key, inner] of Object.entries(value)) {
			yield key;
			yield* texts(inner);
		}
	}
}

const files = {
	decoded: createWriteStream(join(out, 'decoded.txt')),
	remembered: createWriteStream(join(out, 'remembered.txt')),
};
const ran = new Map();
const tables = database
	.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
	.all()
	.map(({ name }) => name);
for (const table of tables) {
	for (const row of database.prepare(`SELECT * FROM "${table}"`).iterate()) {
		for (const [column, value] of Object.entries(row)) {
			const isMemory = table === 'workflow_entity' && column === 'staticData';
			const found = [...texts(value)];
			files[isMemory ? 'remembered' : 'decoded'].write(`${table}.${column}\n${found.join('\n')}\n`);
			if (table === 'execution_data' && column === 'data')
				ran.set(String(row.executionId), [
					...new Set(found.filter((text) => text.startsWith(mark))),
				]);
		}
	}
}
const executions = database.prepare('SELECT id, workflowId, status FROM execution_entity').all();
database.close();
await Promise.all(Object.values(files).map((file) => new Promise((resolve) => file.end(resolve))));

const copy = join(out, 'forgotten.sqlite');
copyFileSync(path, copy);
const forgotten = new DatabaseSync(copy);
// VACUUM writes the file anew, without the remains of earlier versions of a row.
forgotten.exec('UPDATE workflow_entity SET staticData = NULL; VACUUM');
forgotten.close();

process.stdout.write(
	JSON.stringify(
		executions.map(({ id, ...rest }) => ({
			id: String(id),
			...rest,
			ran: ran.get(String(id)) ?? [],
		})),
	),
);

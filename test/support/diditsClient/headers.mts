// What a request says beside its fields: headers, and what the files of a form are called and said to be.
import { basename, extname } from 'node:path';
import type { ClientCall } from './call.mts';
import type { Exchange } from './recorder.mts';
import { type HeaderRow, OF_HTTP } from './table.mts';

type Found = Pick<HeaderRow, 'header' | 'client' | 'node'>;

/** A form's boundary and a key for one request are random. */
const plain = (value = '') =>
	value
		.replace(/; boundary=.*/, '')
		.replace(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID');

const TYPES: Record<string, string> = { '.jpg': 'image/jpeg', '.pdf': 'application/pdf' };

interface File {
	filename: string;
	contentType: string;
}

function ofFiles({ files = {}, args }: ClientCall, client: Exchange, node: Exchange): Found[] {
	return Object.entries(files).flatMap(([argument, field]) => {
		const path = String(args({} as never)[argument]);
		const [theirs, ours] = [client, node].map(({ body }) => (body as Record<string, File>)[field]);
		if (typeof theirs === 'string') return [];
		const say = (value: string) =>
			value === basename(path)
				? 'as on its disk'
				: value === `${field}${extname(path)}`
					? "the field's name"
					: value === TYPES[extname(path)]
						? "the file's own"
						: value;
		return [
			{ header: 'name of a file', client: say(theirs.filename), node: say(ours.filename) },
			{ header: 'type of a file', client: say(theirs.contentType), node: say(ours.contentType) },
		];
	});
}

/** What differs, each with both values; empty for a side that doesn't say it. */
export function differences(call: ClientCall, client: Exchange, node: Exchange): Found[] {
	const headers = Object.keys({ ...client.headers, ...node.headers })
		.filter((header) => !OF_HTTP.includes(header))
		.map((header) => ({
			header,
			client: plain(String(client.headers[header] ?? '')),
			node: plain(String(node.headers[header] ?? '')),
		}));
	return [...headers, ...ofFiles(call, client, node)].filter(
		(found) => found.client !== found.node,
	);
}

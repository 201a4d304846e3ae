// Stands between a caller and the sandbox, and keeps what they say.
import type { IncomingHttpHeaders } from 'node:http';
import { operations } from '../../../contract/index.mts';
import { readForm } from '../../../sandbox/api/form.mts';
import { serve } from '../server.mts';

export interface Exchange {
	method: string;
	path: string;
	query: Record<string, string>;
	headers: IncomingHttpHeaders;
	/** Parsed JSON, or a form as the contract describes it. */
	body: unknown;
	status: number;
	answer: unknown;
}

export interface Recorder {
	url: string;
	/** What was said since the last time. */
	take(): Exchange[];
	stop(): void;
}

const parsed = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return text === '' ? undefined : text;
	}
};

async function readBody(raw: Buffer, type = ''): Promise<unknown> {
	return type.startsWith('multipart/') ? await readForm(raw, type) : parsed(raw.toString('utf8'));
}

/** Headers of one connection: the next one writes its own. */
const OF_THE_CONNECTION = /^host$|connection|length|encoding/;

export async function startRecorder(target: string): Promise<Recorder> {
	let exchanges: Exchange[] = [];
	const server = await serve((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			void (async () => {
				const raw = Buffer.concat(chunks);
				const { method = '', url: address = '', headers } = request;
				const forwarded = await fetch(`${target}${address}`, {
					method,
					headers: Object.fromEntries(
						Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.test(name)),
					) as Record<string, string>,
					body: raw.length === 0 ? undefined : new Uint8Array(raw),
					redirect: 'manual',
				});
				const answer = Buffer.from(await forwarded.arrayBuffer());
				const { pathname, searchParams } = new URL(address, target);
				exchanges.push({
					method,
					path: pathname,
					query: Object.fromEntries(searchParams),
					headers,
					body: await readBody(raw, headers['content-type']),
					status: forwarded.status,
					answer: parsed(answer.toString('utf8')),
				});
				response
					.writeHead(forwarded.status, {
						'content-type': forwarded.headers.get('content-type') ?? 'text/plain',
					})
					.end(forwarded.status === 204 ? undefined : answer);
			})();
		});
	});
	const take = () => {
		const taken = exchanges;
		exchanges = [];
		return taken;
	};
	return { url: server.url, take, stop: () => server.stop() };
}

/** The call of the contract that a request is, whatever is in its address. A PDF is asked for without the last slash too. */
export function operationOf({ method, path }: Pick<Exchange, 'method' | 'path'>) {
	const slashed = path.endsWith('/generate-pdf') ? `${path}/` : path;
	for (const operation of operations('v3')) {
		const pattern = operation.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
		const found = operation.method === method && new RegExp(`^${pattern}$`).exec(slashed);
		if (!found) continue;
		const parts = Object.entries(found.groups ?? {});
		return {
			id: operation.id,
			params: Object.fromEntries(parts.map(([name, part]) => [name, decodeURIComponent(part)])),
		};
	}
	return undefined;
}

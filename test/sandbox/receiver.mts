/** A receiver of webhooks on this machine: keeps what arrives, byte for byte, and answers what it is told. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Json } from './client.mts';

export interface Received {
	headers: IncomingHttpHeaders;
	raw: Buffer;
	body: Json;
}

export interface Receiver {
	url: string;
	received: Received[];
	/** Statuses for the next deliveries; 0 never answers. When they run out: 200. */
	answers: number[];
	/** Waits until this many deliveries have arrived. */
	arrived(count: number): Promise<Received[]>;
	close(): Promise<void>;
}

export async function until(condition: () => boolean, what: string): Promise<void> {
	for (const started = Date.now(); !condition(); ) {
		if (Date.now() - started > 10_000) throw new Error(`This did not happen: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

export async function startReceiver(): Promise<Receiver> {
	const received: Received[] = [];
	const answers: number[] = [];
	const server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const raw = Buffer.concat(chunks);
			received.push({ headers: request.headers, raw, body: JSON.parse(raw.toString('utf8')) });
			const status = answers.shift() ?? 200;
			if (status === 0) return;
			response
				.writeHead(status, status >= 300 && status < 400 ? { location: '/elsewhere' } : {})
				.end(status === 204 ? undefined : 'seen');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		received,
		answers,
		async arrived(count) {
			await until(
				() => received.length >= count,
				`${count} deliveries arrive (${received.length} did)`,
			);
			return received;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

// A server on loopback for what nock cannot show: dropped connections, bytes as they are, and who sees which header.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
	method: string;
	/** With its query. */
	path: string;
	headers: IncomingMessage['headers'];
}

export interface TestServer {
	url: string;
	seen: Seen[];
	stop(): void;
}

/** `answer` ends the response, or destroys the socket. */
export async function serve(
	answer: (request: IncomingMessage, response: ServerResponse, seen: Seen[]) => void,
): Promise<TestServer> {
	const seen: Seen[] = [];
	const server = createServer((request, response) => {
		seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
		request.resume();
		answer(request, response, seen);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		seen,
		stop: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

export function json(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/**
 * The program that server.mts starts: the two calls that the benchmarks make, in the contract's shape, as cheaply as
 * Node.js can. It ends with the process that started it.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const tokens = new Set<string>();
let latency = 0;
let counts = { tokens: 0, creates: 0 };

function answer(response: ServerResponse, status: number, body: object): void {
	const send = () =>
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	if (latency > 0) setTimeout(send, latency);
	else send();
}

const server = createServer((request, response) => {
	// The body is read and not looked at.
	request.resume();
	if (request.url === '/auth/v2/token/') {
		counts.tokens++;
		const token = randomUUID();
		tokens.add(token);
		answer(response, 200, { access_token: token, token_type: 'Bearer', expires_in: 86_400 });
	} else if (!tokens.has(String(request.headers.authorization).replace(/^Bearer /, ''))) {
		answer(response, 401, {
			detail: 'Authentication credentials were not provided or are invalid.',
		});
	} else {
		counts.creates++;
		const token = randomUUID();
		answer(response, 201, {
			session_id: randomUUID(),
			session_token: token,
			url: `https://verify.didit.me/session/${token}`,
		});
	}
});

process.on('disconnect', () => process.exit());
process.on('message', (message: { latency?: number }) => {
	if (message.latency !== undefined) latency = message.latency;
	process.send?.(counts);
	counts = { tokens: 0, creates: 0 };
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

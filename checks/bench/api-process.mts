/**
 * The program that server.mts starts: the calls that the benchmarks make, in the contract's shape, as cheaply as Node.js can.
 * It ends with the process that started it.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const tokens = new Set<string>();
let latency = 0;
let counts = { tokens: 0, creates: 0, bytes: 0 };

const DECISION = JSON.parse(
	readFileSync('test/fixtures/v3_decision_approved_200.json', 'utf8'),
) as { aml_screenings: object[]; id_verifications: object[] };
const [SCREENING] = DECISION.aml_screenings;
const [DOCUMENT] = DECISION.id_verifications;
const PDF = Buffer.alloc(2 ** 20, '%PDF-1.7 of nobody ');

function send(
	response: ServerResponse,
	status: number,
	type: string,
	body: () => string | Buffer,
): void {
	const reply = () => response.writeHead(status, { 'content-type': type }).end(body());
	if (latency > 0) setTimeout(reply, latency);
	else reply();
}

const answer = (response: ServerResponse, status: number, body: object) =>
	send(response, status, 'application/json', () => JSON.stringify(body));

/** What needs an API key. */
function version3(url: string, response: ServerResponse): void {
	if (url === '/v3/aml/')
		answer(response, 200, {
			request_id: randomUUID(),
			aml: SCREENING,
			created_at: '2026-09-21T14:13:20.000000+00:00',
		});
	else if (url === '/v3/id-verification/')
		answer(response, 200, { request_id: randomUUID(), id_verification: DOCUMENT });
	else if (url.endsWith('/generate-pdf/')) send(response, 200, 'application/pdf', () => PDF);
	else answer(response, 200, { ...DECISION, session_id: url.split('/')[3] });
}

const server = createServer((request, response) => {
	// The body is read and not looked at.
	request.on('data', ({ length }: Buffer) => (counts.bytes += length));
	if (request.url === '/v3/id-verification/') {
		// Didit answers when the whole picture is there.
		request.on('end', () => version3('/v3/id-verification/', response));
	} else if (request.url === '/auth/v2/token/') {
		counts.tokens++;
		const token = randomUUID();
		tokens.add(token);
		answer(response, 200, { access_token: token, token_type: 'Bearer', expires_in: 86_400 });
	} else if (request.url?.startsWith('/v3/') && request.headers['x-api-key'] !== undefined) {
		version3(request.url, response);
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
	counts = { tokens: 0, creates: 0, bytes: 0 };
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

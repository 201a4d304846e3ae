/** Two ends of a wire: takes the signed events that the sandbox delivers, to be delivered again as a test wants, and counts what workflows report to have done. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface SignedEvent {
	sessionId: string;
	headers: Record<string, string>;
	/** As it was signed. */
	body: string;
}

export interface Recorder {
	/** Where a sandbox's webhook destination is to point. */
	eventsUrl: string;
	/** The signed event that reports this status of this session. */
	event(sessionId: string, status: string): SignedEvent | undefined;
	/** What a workflow is to call: `<effectsUrl>/<name>/<id>`. */
	effectsUrl: string;
	/** How often each id was reported under this name. */
	effects(name: string): Map<string, number>;
	close(): void;
}

export async function startRecorder(): Promise<Recorder> {
	const events = new Map<string, SignedEvent>();
	const effects = new Map<string, Map<string, number>>();
	const countsOf = (name: string) => {
		const counts = effects.get(name) ?? new Map<string, number>();
		effects.set(name, counts);
		return counts;
	};
	const server = createServer((request, response) => {
		let body = '';
		request
			.setEncoding('utf8')
			.on('data', (text: string) => (body += text))
			.on('end', () => {
				const [, kind, name = '', id = ''] = (request.url ?? '').split('/');
				if (kind === 'events') {
					const { session_id: sessionId, status } = JSON.parse(body) as {
						session_id: string;
						status: string;
					};
					const headers = Object.fromEntries(
						Object.entries(request.headers).filter(([header]) => /^(x-|content-type)/.test(header)),
					) as Record<string, string>;
					events.set(`${sessionId} ${status}`, { sessionId, headers, body });
				} else {
					const counts = countsOf(name);
					counts.set(id, (counts.get(id) ?? 0) + 1);
				}
				response.setHeader('content-type', 'application/json').end('{}');
			});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		eventsUrl: `${url}/events`,
		event: (sessionId, status) => events.get(`${sessionId} ${status}`),
		effectsUrl: `${url}/effects`,
		effects: countsOf,
		close: () => server.closeAllConnections() ?? server.close(),
	};
}

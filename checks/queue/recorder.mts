/** Two ends of a wire: takes the signed events that the sandbox delivers, to be delivered again as a test wants, and counts what workflows report to have done. */
import Fastify from 'fastify';

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
	close(): Promise<void>;
}

export async function startRecorder(): Promise<Recorder> {
	const events = new Map<string, SignedEvent>();
	const effects = new Map<string, Map<string, number>>();
	const countsOf = (name: string) => {
		const counts = effects.get(name) ?? new Map<string, number>();
		effects.set(name, counts);
		return counts;
	};
	const server = Fastify({ forceCloseConnections: true });
	// The bytes that were signed.
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
		done(null, body),
	);
	server.post<{ Body: string }>('/events', ({ headers: all, body }) => {
		const { session_id: sessionId, status } = JSON.parse(body) as {
			session_id: string;
			status: string;
		};
		const headers = Object.fromEntries(
			Object.entries(all).filter(([header]) => /^(x-|content-type)/.test(header)),
		) as Record<string, string>;
		events.set(`${sessionId} ${status}`, { sessionId, headers, body });
		return {};
	});
	server.post<{ Params: { name: string; id: string } }>('/effects/:name/:id', ({ params }) => {
		const counts = countsOf(params.name);
		counts.set(params.id, (counts.get(params.id) ?? 0) + 1);
		return {};
	});
	const url = await server.listen({ host: '127.0.0.1', port: 0 });
	return {
		eventsUrl: `${url}/events`,
		event: (sessionId, status) => events.get(`${sessionId} ${status}`),
		effectsUrl: `${url}/effects`,
		effects: countsOf,
		close: async () => await server.close(),
	};
}

/** The HTTP server: content types, the record of calls, faults, error answers, and the check of every answer. */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { operation } from '../contract/index.mts';
import { describeCredential } from './api/auth.mts';
import { htmlNotFound, ApiError } from './model/errors.mts';
import { applyAfter, applyBefore, deciding } from './faults/effects.mts';
import { due, type Fault } from './faults/faults.mts';
import { media } from './files/media.mts';
import { answerProblems, register, type RouteConfig } from './api/pipeline.mts';
import { pages } from './pages/index.mts';
import { RESOURCES } from './api/resources/index.mts';
import { control } from './control.mts';
import { type RecordedRequest } from './model/records.mts';
import { now, type State } from './model/state.mts';
import { type Parts } from './parts.mts';
import { closeWebhooks } from './webhooks/state.mts';

/** Large enough for the 15 MB documents that Didit takes. */
const BODY_LIMIT = 40 * 1024 * 1024;
/** What is recorded and what faults apply to: the API and the files that its answers link to. */
const isApi = (path: string) => /^\/(auth|v1|v2|v3|system|media)\//.test(path);

/** What is known of a call while it is under way. */
interface Progress {
	record?: RecordedRequest;
	fault?: Fault;
}

const progress = new WeakMap<FastifyRequest, Progress>();

function begin(state: State, request: FastifyRequest, reply: FastifyReply): RecordedRequest {
	const [path, query = ''] = request.url.split(/\?(.*)/s);
	const config = request.routeOptions.config as Partial<RouteConfig> | undefined;
	const record: RecordedRequest = {
		time: new Date(now(state)).toISOString(),
		method: request.method,
		path,
		query,
		status: null,
		...describeCredential(request),
		operation: config?.operation?.id ?? null,
		fault: null,
		dropped: false,
	};
	state.requests.push(record);
	state.inFlight.now++;
	state.inFlight.peak = Math.max(state.inFlight.peak, state.inFlight.now);
	reply.raw.once('close', () => state.inFlight.now--);
	return record;
}

function parsed(reply: FastifyReply, payload: unknown): unknown {
	const isJson = String(reply.getHeader('content-type') ?? '').startsWith('application/json');
	return isJson && typeof payload === 'string'
		? JSON.parse(payload)
		: payload instanceof Buffer
			? payload.toString('latin1')
			: (payload ?? undefined);
}

/** The addresses of the API as patterns, to tell an unknown one from a known one that was called wrongly. */
const ADDRESSES = RESOURCES.flatMap(({ version, handlers, extras = [] }) => [
	...Object.keys(handlers).map((id) => operation(version, id)),
	...extras,
]).map(({ path }) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`));
const isKnown = (path: string) => ADDRESSES.some((address) => address.test(path));

/** A missing last slash is redirected, as the list of sessions documents; anything else unknown is the router's HTML page. */
function unknownAddress(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	const [path, query = ''] = request.url.split(/(?=\?)/);
	if (isKnown(path))
		return reply.code(405).send({ detail: `Method "${request.method}" not allowed.` });
	if (isKnown(`${path}/`)) return reply.code(301).header('location', `${path}/${query}`).send();
	return reply.code(404).type('text/html; charset=utf-8').send(htmlNotFound().body);
}

export function createServer(parts: Parts, log: boolean): FastifyInstance {
	const { state, webhooks, faults } = parts;
	const server = fastify({
		logger: log ? { level: 'error' } : false,
		bodyLimit: BODY_LIMIT,
		forceCloseConnections: true,
		// Vendor data in an address may be longer than the usual 100 characters.
		routerOptions: { maxParamLength: 4096 },
		ajv: {
			customOptions: {
				removeAdditional: false,
				coerceTypes: false,
				allErrors: true,
				allowUnionTypes: true,
			},
		},
	});

	server.addHook('onRequest', async (request, reply) => {
		const path = request.url.split('?')[0];
		if (!isApi(path)) return;
		const record = begin(state, request, reply);
		const matching = due(faults, request.method, path);
		const fault = deciding(matching);
		record.fault = fault?.id ?? null;
		record.dropped = fault?.drop !== undefined;
		progress.set(request, { record, fault });
		if (await applyBefore(state, matching, request, reply)) return reply;
	});

	server.addHook('onSend', async (request, reply, payload) => {
		const { record, fault } = progress.get(request) ?? {};
		if (!record) return payload;
		let answer: unknown = payload;
		const config = request.routeOptions.config as Partial<RouteConfig> | undefined;
		if (config?.operation && !fault?.respond) {
			const problems = answerProblems(
				config as RouteConfig,
				reply.statusCode,
				parsed(reply, payload),
			);
			if (problems.length > 0) {
				void reply.code(500).type('application/json; charset=utf-8').removeHeader('content-length');
				answer = JSON.stringify({
					detail: `The sandbox's answer to ${config.operation.id} breaks the contract: ${problems.join('; ')}`,
				});
			}
		}
		if (fault) answer = applyAfter(fault, request, reply, answer);
		if (!record.dropped) record.status = reply.statusCode;
		return answer;
	});

	// Clients send a JSON header with a DELETE that has no body. Fastify refuses that; Didit answers as without the header.
	server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
		if (body === '') done(null, undefined);
		else void server.getDefaultJsonParser('error', 'error')(request, body as string, done);
	});

	server.setErrorHandler(
		(error: Error & { statusCode?: number; validation?: unknown }, request, reply) => {
			if (error instanceof ApiError) {
				if (typeof error.body === 'string') void reply.type('text/html; charset=utf-8');
				return reply.code(error.status).headers(error.headers).send(error.body);
			}
			const status = error.statusCode ?? 500;
			if (status === 500) request.log.error(error);
			return reply
				.code(status)
				.send({ detail: status === 500 ? `The sandbox failed: ${error.message}` : error.message });
		},
	);
	server.setNotFoundHandler((request, reply) => unknownAddress(request, reply));

	void server.register((api, _options, done) => {
		// Bodies are read by the pipeline, after the credential was checked, as Didit does.
		api.removeAllContentTypeParsers();
		api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsedBody) =>
			parsedBody(null, body),
		);
		for (const resource of RESOURCES) register(api, { state, webhooks }, resource);
		done();
	});
	server.addHook('onClose', () => closeWebhooks(webhooks));
	void server.register(media, { state });
	void server.register(control, parts);
	void server.register(pages, parts);
	return server;
}

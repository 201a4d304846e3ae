/**
 * The way every API call takes: path, credential, rate limit, query and body, each checked against the contract before
 * the call's own code runs, and the answer checked against it afterwards. A resource only says what its calls do.
 */
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
	type Operation,
	operation as contractOperation,
	pathErrors,
	type Problem,
	queryProblems,
	requestProblems,
	responseErrors,
	type Version,
} from '../../contract/index.mts';
import { authenticate, type Caller } from './auth.mts';
import { detail, htmlNotFound, invalid } from '../model/errors.mts';
import { readForm } from './form.mts';
import { countCall } from './limits.mts';
import { type State } from '../model/state.mts';
import { type Webhooks } from '../webhooks/state.mts';

/** What calls work with. */
export interface Context {
	state: State;
	webhooks: Webhooks;
}

export interface Call extends Context {
	caller: Caller;
	params: Record<string, string>;
	query: Record<string, string>;
	/** Valid under the contract's request schema. */
	body: unknown;
	request: FastifyRequest;
}

export interface Answer {
	status: number;
	/** Sent as JSON; a Buffer is sent as it is and needs a content type among the headers. */
	body?: unknown;
	headers?: Record<string, string>;
}

export type Run = (call: Call) => Answer | Promise<Answer>;
/** A problem of a request, with words of the resource's own where Didit's are known. */
export type Wording = Problem & { text?: string };

export interface CallDefinition {
	/** Runs before the credential is looked at: Didit answers some unknown ids with 404 even to a bad key. */
	find?: (state: State, params: Record<string, string>) => unknown;
	/** Runs before the body is read: what Didit refuses whatever the body says. */
	before?: (call: Omit<Call, 'body'>) => void;
	/** Words problems differently, or lets some pass. May refuse by itself. */
	problems?: (context: Context, found: Problem[]) => Wording[];
	run: Run;
}

/** A call that a page of the documentation describes and the contract does not, so that its body and answer go unchecked. */
export type Extra = Pick<Operation, 'id' | 'method' | 'path' | 'rateLimit'> & { run: Run };

/** The calls of one resource by their id in the contract. */
export interface Resource {
	version: Version;
	handlers: Record<string, Run | CallDefinition>;
	extras?: Extra[];
}

export interface RouteConfig {
	version: Version;
	operation: Operation;
	inContract: boolean;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Didit's wording where it is known, otherwise the schema's. */
function message({ keyword, params, value, message: schemaText, text }: Wording): string {
	if (text) return text;
	if (keyword === 'required') return 'This field is required.';
	if (keyword === 'additionalProperties') return 'Unknown field.';
	if (keyword === 'enum' && typeof value === 'string') return `"${value}" is not a valid choice.`;
	if (keyword === 'format' && params.format === 'uuid') return 'Must be a valid UUID.';
	if (keyword === 'format' && params.format === 'date')
		return 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.';
	return `This value ${schemaText}.`;
}

/** Problems as a map of fields, nested for fields of an object. Items of a list are reported at the list. */
export function fieldMap(problems: Wording[]): Record<string, unknown> {
	const map: Record<string, unknown> = {};
	for (const problem of problems) {
		const firstIndex = problem.path.findIndex((part) => /^\d+$/.test(part));
		const path = firstIndex < 0 ? problem.path : problem.path.slice(0, firstIndex);
		const keys = path.length > 0 ? path : ['non_field_errors'];
		let at = map;
		for (const key of keys.slice(0, -1))
			at = (Array.isArray(at[key]) || !at[key] ? (at[key] = {}) : at[key]) as Record<
				string,
				unknown
			>;
		const last = keys[keys.length - 1];
		const words = message(problem);
		if (at[last] === undefined) at[last] = [words];
		else if (Array.isArray(at[last]) && !at[last].includes(words)) at[last].push(words);
	}
	return map;
}

function checkPath(
	{ version, operation, inContract }: RouteConfig,
	params: Record<string, string>,
): void {
	for (const [name, schema] of Object.entries(operation.pathParams)) {
		const isUuid = schema.format === 'uuid' || String(schema.$ref).endsWith('PathUuid');
		if (isUuid && !UUID.test(params[name])) throw htmlNotFound();
	}
	if (inContract && pathErrors(version, operation.id, params).length > 0) throw htmlNotFound();
}

/** The body as a value: JSON or form fields, by what the contract says the call takes. */
async function readBody(operation: Operation, request: FastifyRequest): Promise<unknown> {
	const raw = request.body as Buffer | undefined;
	// An empty body is read as one without fields, so that the answer names the field that is missing.
	if (!raw || raw.length === 0) return operation.requestBody?.required ? {} : undefined;
	const type = request.headers['content-type'] ?? '';
	const wanted = operation.requestBody?.contentType ?? 'application/json';
	if (!type.startsWith(wanted))
		throw detail(415, `Unsupported media type "${type}" in request. The contract names ${wanted}.`);
	if (wanted === 'multipart/form-data') return await readForm(raw, type);
	const text = raw.toString('utf8');
	if (wanted.includes('form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
	try {
		return JSON.parse(text);
	} catch (error) {
		throw detail(400, `JSON parse error - ${(error as Error).message}`);
	}
}

function checkRequest(
	call: Call,
	{ version, operation, inContract }: RouteConfig,
	{ problems }: CallDefinition,
): void {
	if (!inContract) return;
	const found = [
		...queryProblems(version, operation.id, call.query),
		...requestProblems(version, operation.id, call.body),
	];
	const worded = problems ? problems(call, found) : found;
	if (worded.length > 0) throw invalid(fieldMap(worded));
}

function route(
	server: FastifyInstance,
	context: Context,
	config: RouteConfig,
	definition: CallDefinition,
): void {
	const { state } = context;
	const address = config.operation.path.replace(/\{(\w+)\}/g, ':$1');
	// A PDF is served without the last slash too.
	for (const url of address.endsWith('/generate-pdf/')
		? [address, address.slice(0, -1)]
		: [address])
		server.route({
			method: config.operation.method,
			url,
			exposeHeadRoute: false,
			config,
			handler: async (request: FastifyRequest, reply: FastifyReply) => {
				const params = request.params as Record<string, string>;
				checkPath(config, params);
				definition.find?.(state, params);
				const caller = authenticate(state, config.operation, request);
				countCall(state, config.operation, caller.name);
				const early = {
					...context,
					caller,
					params,
					request,
					query: request.query as Record<string, string>,
				};
				definition.before?.(early);
				const call: Call = { ...early, body: await readBody(config.operation, request) };
				checkRequest(call, config, definition);
				const answer = await definition.run(call);
				return reply
					.code(answer.status)
					.headers(answer.headers ?? {})
					.send(answer.body);
			},
		});
}

/** Adds the calls of one resource to the server. */
export function register(
	server: FastifyInstance,
	context: Context,
	{ version, handlers, extras = [] }: Resource,
): void {
	for (const [id, handler] of Object.entries(handlers)) {
		const config = { version, operation: contractOperation(version, id), inContract: true };
		route(server, context, config, typeof handler === 'function' ? { run: handler } : handler);
	}
	for (const { run, ...operation } of extras) {
		const uuids = Object.fromEntries(
			[...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, { format: 'uuid' }]),
		);
		const complete: Operation = {
			auth: 'apiKey',
			query: {},
			headers: null,
			requestBody: null,
			responses: {},
			errors: {},
			pathParams: uuids,
			...operation,
		};
		route(server, context, { version, operation: complete, inContract: false }, { run });
	}
}

/**
 * What is wrong with an answer under the contract. A refusal with a status that the contract does not list for the call
 * (a 415, a 400 for a query) is the sandbox's own and passes if it has Didit's shape.
 */
export function answerProblems(
	{ version, operation, inContract }: RouteConfig,
	status: number,
	body: unknown,
): string[] {
	// The router's page comes before the call, whatever the call documents.
	if (!inContract || (status === 404 && body === htmlNotFound().body)) return [];
	const listed = status in operation.responses || status in operation.errors || status === 429;
	if (!listed && status >= 400 && status < 500)
		return typeof body === 'object' && body !== null ? [] : ['body: is no JSON object'];
	return responseErrors(version, operation.id, status, body);
}

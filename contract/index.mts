/**
 * One Ajv over the three documents of this folder: what Didit accepts, answers and sends, as questions with readable
 * answers. Every `…Errors` function gives `[]` for a valid value and one line per problem otherwise.
 */
import addFormats from 'ajv-formats';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import v1 from './didit-v1.json';
import v3 from './didit-v3.json';
import webhooks from './webhooks.json';

export type Version = 'v1' | 'v3';
export type Schema = Record<string, unknown>;

/** One call of the API as the documents describe it. `{name}` marks a part of the path. */
export interface Operation {
	id: string;
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** v1 only: `auth` is the token host, `verification` the API. */
	host?: 'auth' | 'verification';
	path: string;
	auth: 'apiKey' | 'sessionToken' | 'none' | 'basicClientCredentials' | 'bearerClientToken';
	pathParams: Record<string, Schema>;
	query: Schema;
	headers: Schema | null;
	requestBody: { contentType: string; required: boolean; schema: Schema } | null;
	responses: Record<string, { contentType: string | null; schema: Schema | null }>;
	errors: Record<string, Schema[]>;
	/** v3 only: the bucket of the documented rate limits. */
	rateLimit?: 'get' | 'write' | 'ingest' | 'create' | 'pdf' | null;
}

/** A refused field: its path inside the value (empty for the value itself) and what is wrong with it. */
export interface Problem {
	path: string[];
	message: string;
	/** Ajv's keyword and its parameters, for callers that word the message themselves. */
	keyword: string;
	params: Record<string, unknown>;
	value: unknown;
}

interface PayloadEntry {
	webhookVersion: string;
	types: string[];
	payload: Schema;
	headers: Schema;
}

/** `test` is what the console sends to try a destination, whatever its version. */
export type WebhookVersion = 'v1' | 'v2' | 'v3' | 'test' | 'unversioned';

const OPERATIONS: Record<Version, Operation[]> = {
	v1: v1.operations as unknown as Operation[],
	v3: v3.operations as unknown as Operation[],
};
const PAYLOADS = webhooks.payloads as unknown as PayloadEntry[];
const DETAIL: Schema = { $ref: 'https://contracts.invalid/didit-v3.json#/$defs/ErrorDetail' };

function instance(coerceTypes: boolean): Ajv2020 {
	// The documents carry keys of their own beside JSON Schema's, so Ajv's strict mode cannot be used.
	const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, coerceTypes });
	addFormats.default(ajv);
	for (const document of [v1, v3, webhooks]) ajv.addSchema(document);
	return ajv;
}

const exact = instance(false);
/** A query string carries text only, so numbers and booleans are read from text first. */
const lenient = instance(true);
const compiled = new Map<Ajv2020, Map<Schema, ValidateFunction>>([
	[exact, new Map()],
	[lenient, new Map()],
]);

function problems(ajv: Ajv2020, schema: Schema, value: unknown): Problem[] {
	const cache = compiled.get(ajv)!;
	let validate = cache.get(schema);
	if (!validate) cache.set(schema, (validate = ajv.compile(schema)));
	return validate(value) ? [] : (validate.errors ?? []).map(toProblem);
}

function toProblem(error: ErrorObject): Problem {
	const path = error.instancePath
		.split('/')
		.slice(1)
		.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
	const named = (error.params.missingProperty ?? error.params.additionalProperty) as
		| string
		| undefined;
	return {
		path: named === undefined ? path : [...path, named],
		message: error.message ?? error.keyword,
		keyword: error.keyword,
		params: error.params,
		value: error.data,
	};
}

function lines(what: string, found: Problem[]): string[] {
	return found.map(({ path, message }) => `${[what, ...path].join('.')}: ${message}`);
}

/** Every operation of one version, in the order of its document. */
export function operations(version: Version): readonly Operation[] {
	return OPERATIONS[version];
}

/** @throws Error for an id that the document does not have. */
export function operation(version: Version, id: string): Operation {
	const found = OPERATIONS[version].find((candidate) => candidate.id === id);
	if (!found) throw new Error(`The contract of ${version} has no operation "${id}".`);
	return found;
}

/** What is wrong with a request body, field by field. A body where none is allowed is one problem. */
export function requestProblems(version: Version, id: string, body: unknown): Problem[] {
	const { requestBody } = operation(version, id);
	const missing = body === undefined || body === null;
	if (!requestBody) {
		const message = 'This call takes no body.';
		return missing ? [] : [{ path: [], message, keyword: 'body', params: {}, value: body }];
	}
	return missing && !requestBody.required ? [] : problems(exact, requestBody.schema, body);
}

/** What is wrong with a query (parameter name to text, number or boolean), field by field. */
export function queryProblems(
	version: Version,
	id: string,
	query: Record<string, unknown>,
): Problem[] {
	return problems(lenient, operation(version, id).query, { ...query });
}

export function requestErrors(version: Version, id: string, body: unknown): string[] {
	return lines('body', requestProblems(version, id, body));
}

export function queryErrors(
	version: Version,
	id: string,
	query: Record<string, unknown>,
): string[] {
	return lines('query', queryProblems(version, id, query));
}

/** Header names are lower case, as Node gives them. */
export function headerErrors(
	version: Version,
	id: string,
	headers: Record<string, unknown>,
): string[] {
	const { headers: schema } = operation(version, id);
	return schema ? lines('headers', problems(exact, schema, headers)) : [];
}

/** The parts of the path by name, decoded. */
export function pathErrors(
	version: Version,
	id: string,
	params: Record<string, unknown>,
): string[] {
	return Object.entries(operation(version, id).pathParams).flatMap(([name, schema]) =>
		lines(`path.${name}`, problems(exact, schema, params[name])),
	);
}

/** The schemas of an answer, any of which it may satisfy; `undefined` when the documents do not list the status. */
function answerSchemas({ responses, errors }: Operation, status: number): Schema[] | undefined {
	const success = responses[status];
	if (success) return success.schema ? [success.schema] : [];
	// The rate limit page names the 429 for every call, the operations do not all repeat it.
	return errors[status] ?? (status === 429 ? [DETAIL] : undefined);
}

/**
 * A success or an error answer. `body` is parsed JSON, or text for anything that is no JSON (`undefined` or `''` for
 * none). A status that the documents do not list for this call is an error too.
 */
export function responseErrors(
	version: Version,
	id: string,
	status: number,
	body: unknown,
): string[] {
	const schemas = answerSchemas(operation(version, id), status);
	if (!schemas) return [`status: ${status} is not listed for ${version} ${id}`];
	if (status === 204) return body === undefined || body === '' ? [] : ['body: a 204 has no body'];
	const attempts = schemas.map((schema) => lines('body', problems(exact, schema, body)));
	return attempts.length === 0 || attempts.some((found) => found.length === 0) ? [] : attempts[0];
}

/**
 * Events of a session differ by version, and a version 1 event carries no type. Other events are described in one form,
 * that of version 3, which every destination gets.
 */
function payloadEntry(version: WebhookVersion, type: string): PayloadEntry | undefined {
	const of = (wanted: string, name: string) =>
		PAYLOADS.find(({ webhookVersion, types }) => webhookVersion === wanted && types.includes(name));
	if (version === 'v1' && ['', '(none)', 'status.updated', 'data.updated'].includes(type))
		return of('v1', '(none)');
	return (
		of(version, type) ??
		(version === 'unversioned' || version === 'test' ? undefined : of('v3', type))
	);
}

/** The names that a destination can subscribe to. */
export function webhookEvents(): readonly string[] {
	return v3.$defs.WebhookEventName.enum;
}

/** A webhook's parsed body. `type` is its `webhook_type`, or `''` for a body of version 1 that has none. An unknown type is an error. */
export function payloadErrors(version: WebhookVersion, type: string, payload: unknown): string[] {
	const entry = payloadEntry(version, type);
	return entry
		? lines('payload', problems(exact, entry.payload, payload))
		: [`webhook_type: ${version} has no "${type}"`];
}

/** A webhook's headers, lower-case names. */
export function payloadHeaderErrors(
	version: WebhookVersion,
	type: string,
	headers: Record<string, unknown>,
): string[] {
	const entry = payloadEntry(version, type);
	return entry
		? lines('headers', problems(exact, entry.headers, headers))
		: [`webhook_type: ${version} has no "${type}"`];
}

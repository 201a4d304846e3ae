// Runs an operation on made-up parameters without n8n, and collects the requests that it would send.
import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { operations, pathErrors, queryErrors, requestErrors } from '../../contract/index.mts';
import approved from '../fixtures/v3_decision_approved_200.json';
import { findOperation } from '../../nodes/Didit/actions/resources.ts';
import { ItemCall } from '../../nodes/Didit/actions/common/itemCall.ts';
import { type DiditClient } from '../../nodes/Didit/transport/client.ts';
import { DiditError, InputError } from '../../nodes/Didit/transport/errors.ts';
import { type Form } from '../../nodes/Didit/transport/form.ts';
import { type Answer, type DiditRequest } from '../../nodes/Didit/transport/types.ts';
import { runOf } from './call.mts';
import { ID } from './schema.mts';
import { anyText } from './arbitraries.mts';

/** One answer that satisfies every operation: it has the fields of a decision, a record, a workflow, a balance and a list. */
const ANYTHING = {
	...approved,
	aml_screenings: [
		{
			...approved.aml_screenings[0],
			hits: [{ id: 'hit-1', review_status: 'Unreviewed' }, { id: 'hit-2' }],
		},
	],
	uuid: ID,
	didit_internal_id: ID,
	balance: '1.00',
	deleted: 1,
	share_token: 'x',
	url: 'https://verify.didit.me/session/x',
	count: 0,
	next: null,
	previous: null,
	results: [],
};

class RecordingCall extends ItemCall {
	readonly sent: DiditRequest[] = [];

	override async request(request: DiditRequest): Promise<Answer> {
		this.sent.push(request);
		return await Promise.resolve({
			statusCode: 200,
			headers: {},
			body: request.encoding ? Buffer.from('%PDF-') : ANYTHING,
		});
	}
}

/** The beginning of a JPEG. */
const IMAGE = { data: '/9j/4AAQSkZJRg==', mimeType: 'image/jpeg' };

export interface Outcome {
	sent: DiditRequest[];
	/** Refused before anything was sent. */
	refused: boolean;
	error?: Error;
}

/** @throws anything but a refusal */
export async function attempt(
	resource: string,
	operation: string,
	parameters: IDataObject,
	v1 = false,
): Promise<Outcome> {
	const context = {
		getNode: () => ({ type: 'n8n-nodes-didit.didit', name: 'Didit', parameters }),
		getNodeParameter: (name: string, _: number, fallback?: unknown) => parameters[name] ?? fallback,
		getParentNodes: () => [],
		getChildNodes: () => [],
		getTimezone: () => 'Europe/Madrid',
		getInputData: () => [{ json: {}, binary: { data: IMAGE, reference: IMAGE } }],
		evaluateExpression: () => 'http://localhost:5678/webhook-waiting/1?signature=x',
		getContext: () => ({}),
		helpers: {
			prepareBinaryData: async () =>
				await Promise.resolve({ data: '', mimeType: 'application/pdf' }),
		},
	} as unknown as IExecuteFunctions;
	const account = {
		authentication: v1 ? 'clientCredentials' : 'apiKey',
		version: v1 ? 'v1' : 'v3',
		url: 'https://verification.didit.me',
		keyFor: () => undefined,
	} as unknown as DiditClient;
	const found = findOperation(resource, operation);
	const call = new RecordingCall(runOf(context, found), 0, account);
	try {
		await found.execute(call);
	} catch (error) {
		if (!(error instanceof InputError) && !(error instanceof DiditError)) throw error;
		const refused = error instanceof InputError && call.sent.length === 0;
		return { sent: call.sent, refused, error };
	}
	return { sent: call.sent, refused: false };
}

const PATTERNS = (['v1', 'v3'] as const).flatMap((version) =>
	operations(version).map((operation) => ({
		version,
		operation,
		pattern: new RegExp(`^${operation.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
	})),
);

/** A form as the contract describes it. */
const asContract = (form: Form) =>
	Object.fromEntries(
		Object.entries(form).map(([name, value]) => [
			name,
			typeof value === 'string'
				? value
				: { filename: value.name, contentType: value.mimeType, size: value.size },
		]),
	);

/** What the contract does not allow of a request, one line each. */
export function problemsOf({ method, path, qs = {}, form, body }: DiditRequest): string[] {
	const found = PATTERNS.find(
		({ operation, pattern }) => operation.method === method && pattern.test(path),
	);
	if (!found) return [`The contract has no ${method} ${path}`];
	const {
		version,
		operation: { id },
		pattern,
	} = found;
	const parts = Object.entries(pattern.exec(path)?.groups ?? {}).map(([name, part]) => [
		name,
		decodeURIComponent(part),
	]);
	const query = Object.fromEntries(
		Object.entries(qs).map(([name, value]) => [name, String(value as string | number)]),
	);
	return [
		...pathErrors(version, id, Object.fromEntries(parts) as Record<string, string>),
		...queryErrors(version, id, query),
		...requestErrors(version, id, form ? asContract(form) : body),
	].map((line) => `${id}: ${line}`);
}

export const orGarbage = <T,>(good: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
	fc.oneof(
		{ weight: 6, arbitrary: good as fc.Arbitrary<unknown> },
		{
			weight: 1,
			arbitrary: fc.oneof(anyText(), fc.constant(''), fc.constant(undefined), fc.integer()),
		},
	);
export const locator = (value: fc.Arbitrary<unknown>) =>
	value.map((inner) => ({ __rl: true, mode: 'id', value: inner }));
export const someOf = (fields: Record<string, fc.Arbitrary<unknown>>) =>
	fc.record(fields, { requiredKeys: [] });

export const text = orGarbage(fc.string({ maxLength: 300 }));
export const date = orGarbage(
	fc
		.date({ min: new Date('1900-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
		.map((day) => day.toISOString()),
);
export const email = orGarbage(fc.constantFrom('nora@example.com', 'n.sample@example.co'));
export const vendorData = orGarbage(
	fc.oneof(
		fc.string({ unit: 'grapheme', minLength: 1 }),
		fc.constantFrom('user/42', '.', '..', 'ñ', '%2e'),
	),
);
export const several = (...values: string[]) => orGarbage(fc.subarray(values));
export const simplify = fc.boolean();

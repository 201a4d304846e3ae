import * as fc from 'fast-check';
import {
	operations,
	payloadErrors,
	queryErrors,
	requestErrors,
	responseErrors,
} from '../../contract/index.mts';
import { RESOURCES } from '../../sandbox/api/resources/index.mts';
import { type Status } from '../../sandbox/model/records.mts';
import { perhapsSpoiled, record } from './arbitrary.mts';
import approved from '../fixtures/v3_decision_approved_200.json';
import webhook from '../fixtures/v3_webhook_in_progress.json';
import { call, create, exchange, v1, v3, withSandbox, WORKFLOW } from './client.mts';
import { anyText } from '../support/arbitraries.mts';

const sandbox = withSandbox({
	rateLimits: { create: null, get: null, write: null, decision: null },
});

describe('the contract', () => {
	it('knows every operation by its id and compiles every schema', () => {
		for (const version of ['v1', 'v3'] as const) {
			for (const { id, responses, errors } of operations(version)) {
				requestErrors(version, id, {});
				queryErrors(version, id, {});
				for (const status of [...Object.keys(responses), ...Object.keys(errors)])
					responseErrors(version, id, Number(status), {});
			}
		}
		expect(() => requestErrors('v3', 'session.dance', {})).toThrow(
			'The contract of v3 has no operation "session.dance".',
		);
	});

	it('says what is wrong with a body, a query, an answer and an event, in readable lines', () => {
		expect(requestErrors('v3', 'session.create', { workflow_id: 'x', metdata: {} })).toEqual([
			'body.metdata: must NOT have additional properties',
			'body.workflow_id: must match format "uuid"',
		]);
		expect(requestErrors('v3', 'session.decision', {})).toEqual(['body: This call takes no body.']);
		expect(queryErrors('v3', 'session.list', { limit: '0' })).toEqual([
			'query.limit: must be >= 1',
		]);
		expect(queryErrors('v3', 'session.list', { limit: '10', offset: '0' })).toEqual([]);
		expect(responseErrors('v3', 'session.decision', 200, approved)).toEqual([]);
		expect(
			responseErrors('v3', 'session.decision', 200, { ...approved, status: 'Passed' }),
		).not.toEqual([]);
		expect(responseErrors('v3', 'session.decision', 404, { detail: 'Not found.' })).toEqual([]);
		expect(responseErrors('v3', 'session.decision', 404, { error: 'Not found.' })).toEqual([
			"body.detail: must have required property 'detail'",
		]);
		expect(responseErrors('v3', 'session.create', 418, {})).toEqual([
			'status: 418 is not listed for v3 session.create',
		]);
		expect(responseErrors('v3', 'webhook.destinations.delete', 204, '')).toEqual([]);
		expect(payloadErrors('v3', 'status.updated', webhook)).toEqual([]);
		expect(payloadErrors('v3', 'status.updated', { ...webhook, timestamp: '1790000000' })).toEqual([
			'payload.timestamp: must be integer',
		]);
		expect(payloadErrors('v3', 'status.invented', webhook)).toEqual([
			'webhook_type: v3 has no "status.invented"',
		]);
	});
});

const country = fc.constantFrom('ESP', 'POL', 'DEU');
const text = fc.string({ unit: 'grapheme' });
const uri = fc.constantFrom(
	'https://shop.example/done',
	'myapp://done',
	'https://shop.example/?a=1',
);
const day = fc
	.date({ min: new Date('1920-01-01'), max: new Date('2020-01-01'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));
const bodyV3 = perhapsSpoiled(
	record(
		{
			workflow_id: fc.oneof(
				{
					weight: 9,
					arbitrary: fc.constantFrom(
						WORKFLOW.identity,
						WORKFLOW.aml,
						WORKFLOW.full,
						WORKFLOW.company,
					),
				},
				{ weight: 1, arbitrary: fc.constantFrom(WORKFLOW.draft, WORKFLOW.archived) },
			),
			vendor_data: text,
			callback: uri,
			callback_method: fc.constantFrom('initiator', 'completer', 'both'),
			metadata: fc.jsonValue(),
			language: fc.constantFrom('en', 'pt-BR', 'zh-CN'),
			sandbox_scenario: fc.constantFrom('approve', 'decline_minimum_age'),
			contact_details: record({
				email: fc.constant('ana@example.com'),
				phone: text,
				send_notification_emails: fc.boolean(),
				email_lang: fc.constantFrom('de', 'en'),
			}),
			expected_details: record(
				{
					first_name: text,
					date_of_birth: day,
					gender: fc.constantFrom('M', 'F', null),
					nationality: country,
					country,
					address: text,
				},
				['country'],
			),
		},
		['workflow_id'],
	),
	fc.oneof(
		fc.jsonValue(),
		fc.constantFrom('ES', 'shop.example', 'tlh', '2001-02-30', 'constructor'),
	),
);
const bodyV1 = perhapsSpoiled(
	record({
		features: fc.constantFrom('OCR', 'OCR + FACE', 'OCR + NFC + FACE + AML'),
		callback: uri,
		vendor_data: text,
	}),
	fc.oneof(fc.jsonValue(), fc.constantFrom('FACE', 'ocr + face', 'shop.example')),
);
const RUNS = 150;
/** Both kinds of answer are counted, so that the generated bodies cannot all be of one kind unnoticed. */
function tally() {
	const counts = { accepted: 0, refused: 0 };
	return {
		counts,
		add: (status: number) => (status === 201 ? counts.accepted++ : counts.refused++),
	};
}

describe('any request', () => {
	it('for a version 3 session is accepted exactly when the contract allows it, and answered under it', async () => {
		const { counts, add } = tally();
		await fc.assert(
			fc.asyncProperty(bodyV3, async (body) => {
				const { status, body: answer } = await v3(sandbox(), 'POST', '/v3/session/', body);
				add(status);
				const problems = requestErrors('v3', 'session.create', body);
				if (problems.length > 0) expect(status).toBe(400);
				// Beyond the schema: the workflow must exist and be published, the scenario must be known.
				const knows = [WORKFLOW.identity, WORKFLOW.aml, WORKFLOW.full, WORKFLOW.company].includes(
					body.workflow_id as string,
				);
				const scenario =
					body.sandbox_scenario === undefined ||
					['approve', 'decline_minimum_age'].includes(body.sandbox_scenario as string);
				if (problems.length === 0) expect(status).toBe(knows && scenario ? 201 : 400);
				expect(responseErrors('v3', 'session.create', status, answer)).toEqual([]);
				if (status !== 201) return;
				// Compared as text: -0 and a key named __proto__ are lost otherwise.
				expect(JSON.stringify(answer.metadata)).toBe(JSON.stringify(body.metadata ?? null));
				expect(answer).toMatchObject({
					callback: body.callback ?? null,
					vendor_data: body.vendor_data ?? null,
				});
				const { status: code, body: decision } = await v3(
					sandbox(),
					'GET',
					`/v3/session/${answer.session_id}/decision/`,
				);
				expect([code, responseErrors('v3', 'session.decision', code, decision)]).toEqual([200, []]);
			}),
			{ numRuns: RUNS },
		);
		expect(counts.accepted).toBeGreaterThan(10);
		expect(counts.refused).toBeGreaterThan(10);
	});

	it('for a version 1 session is accepted exactly when the contract allows it, and answered under it', async () => {
		const { counts, add } = tally();
		const token = (await exchange(sandbox())).body.access_token as string;
		await fc.assert(
			fc.asyncProperty(bodyV1, async (body) => {
				const { status, body: answer } = await v1(sandbox(), 'POST', '/v1/session/', body, token);
				add(status);
				expect(status).toBe(requestErrors('v1', 'session.create', body).length === 0 ? 201 : 400);
				expect(responseErrors('v1', 'session.create', status, answer)).toEqual([]);
			}),
			{ numRuns: RUNS },
		);
		expect(counts.accepted).toBeGreaterThan(10);
		expect(counts.refused).toBeGreaterThan(10);
	});

	it('with any bytes as body is refused without harm', async () => {
		await fc.assert(
			fc.asyncProperty(fc.oneof(anyText(), fc.json()), async (raw) => {
				const { status } = await call(sandbox(), 'POST', '/v3/session/', {
					raw,
					headers: { 'x-api-key': sandbox().apiKey, 'content-type': 'application/json' },
				});
				expect(status).toBe(400);
			}),
			{ numRuns: RUNS },
		);
	});
});

describe('an answer', () => {
	it('that breaks the contract becomes a 500 that says why', async () => {
		const { session_id } = await create(sandbox());
		sandbox().setStatus(session_id, 'Passed' as Status);
		const { status, body } = await v3(sandbox(), 'GET', `/v3/session/${session_id}/decision/`);
		expect([status, body.detail]).toEqual([
			500,
			expect.stringContaining("The sandbox's answer to session.decision breaks the contract"),
		]);
	});

	it('of the sandbox exists only for operations that the contract has', () => {
		for (const { version, handlers } of RESOURCES) {
			const known = operations(version).map(({ id }) => id);
			expect(known).toEqual(expect.arrayContaining(Object.keys(handlers)));
		}
	});
});

/** Didit, or somebody in its place, answers with JSON that no API sends. Every operation gives items or an error in plain words, and n8n can store either. */
import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import approved from '../fixtures/v3_decision_approved_200.json';
import { DIDIT } from '../support/didit.mts';
import { expectCleanPrototypes } from '../support/arbitraries.mts';
import { apiKey, runDidit } from '../support/n8n.mts';
import { OPERATIONS } from '../support/operations.mts';
import { ON, PARAMETERS } from '../support/parameters.mts';
import { ID, byId } from '../support/schema.mts';

const LEVELS = 10_000;
const DEEP = [
	`${'['.repeat(LEVELS)}1${']'.repeat(LEVELS)}`,
	`${'{"detail":'.repeat(LEVELS)}"x"${'}'.repeat(LEVELS)}`,
];
/** What every object has by itself. Text of JSON, so that these are its own names. */
const NAMES = `{"__proto__":{"polluted":"yes","status":"Approved"},"constructor":{"prototype":{"polluted":"yes"}},"toString":"x","hasOwnProperty":"x","toJSON":"x","valueOf":1}`;

/** A response that every operation takes, with something inside of each of its parts. */
const with_ = (value: string) => {
	const known = {
		...approved,
		uuid: ID,
		didit_internal_id: ID,
		balance: '1.00',
		deleted: 1,
		share_token: 'x',
		next: null,
		previous: null,
		count: 1,
	};
	const fields = Object.entries(known).map(([name, own]) => {
		const text = JSON.stringify(own);
		return `${JSON.stringify(name)}:${text.startsWith('[{') ? `[{"extra":${value},${text.slice(2)}` : text}`;
	});
	return `{${fields.join()},"metadata":${value},"extra":${value},"results":[{"session_id":"${ID}","uuid":"${ID}","extra":${value},"metadata":${value}}],"__proto__":${value}}`;
};

const [LISTS, OBJECTS] = DEEP;
const ANSWERS: Array<[what: string, status: number, body: string]> = [
	['deep lists', 200, LISTS],
	['deep objects', 200, OBJECTS],
	['names of all objects', 200, NAMES],
	['all of it in a good response', 200, with_(`{"a":${LISTS},"b":${OBJECTS},"c":${NAMES}}`)],
	['deep objects in a refusal', 400, OBJECTS],
	['names of all objects in a refusal', 400, NAMES],
];

/** What operations that only read, or that no other test gives to all, must be told. */
const NEEDED: Record<string, INodeParameters> = {
	'check aml': { fullName: 'Nora Sample' },
	'transaction create': {
		transactionId: 'order-1',
		amount: '10.00',
		currency: 'EUR',
		vendorData: 'user-42',
		fullName: 'Nora Sample',
	},
};

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.enableNetConnect());

it.each(OPERATIONS)(
	'$name gives items that n8n can store, or an error in plain words',
	async ({ resource, operation, name }) => {
		for (const [what, status, body] of ANSWERS) {
			for (const simplify of status === 200 && body.includes(ID) ? [true, false] : [true]) {
				nock.cleanAll();
				for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'])
					nock(DIDIT)
						.persist()
						.intercept(/.*/, method)
						.reply(status, body, { 'content-type': 'application/json' });
				const { error, items } = await runDidit(
					{
						resource,
						operation,
						...ON,
						...PARAMETERS[name],
						...NEEDED[name],
						simplify,
						options: { requestSettings: { maxRetries: 0 } },
					},
					{ credentials: apiKey(DIDIT) },
				);
				const { message = '', description = '' } = (error ?? {}) as Record<
					string,
					string | undefined
				>;
				expect([what, `${message} ${description}`]).toEqual([
					what,
					expect.not.stringMatching(/stack|is not a function|of undefined|Cannot/i),
				]);
				expect(message.length).toBeLessThan(1_000);
				expect(() => JSON.stringify(items)).not.toThrow();
				expectCleanPrototypes();
			}
		}
	},
);

it('goes through every operation, and tells what it says apart [T353]', () => {
	expect(OPERATIONS.length).toBeGreaterThan(50);
	expect(ANSWERS).toHaveLength(6);
	for (const [, , body] of ANSWERS) expect(() => JSON.parse(body)).not.toThrow();
});

describe('an ID or a filter that no server would read as a part of an address', () => {
	const long = 'x'.repeat(8_001);
	it.each([
		['an ID', { resource: 'user', operation: 'get', userId: byId(long) }],
		['an ID of many bytes', { resource: 'user', operation: 'get', userId: byId('例'.repeat(900)) }],
		[
			'an ID to change',
			{ resource: 'user', operation: 'updateStatus', userId: byId(long), status: 'BLOCKED' },
		],
		['a search', { operation: 'getAll', filters: { search: long } }],
		[
			'a filter',
			{ resource: 'list', operation: 'getEntries', listId: byId(ID), filters: { search: long } },
		],
	])('is refused, and nothing is sent: %s', async (_, parameters) => {
		const sent = jest.fn(() => [200, {}] as nock.ReplyFnResult);
		for (const method of ['GET', 'PATCH'])
			nock(DIDIT).persist().intercept(/.*/, method).reply(sent);
		const { error } = await runDidit(parameters, { credentials: apiKey(DIDIT) });
		expect(error?.message).toBe('An ID or a filter is too long');
		expect(sent).not.toHaveBeenCalled();
	});
});

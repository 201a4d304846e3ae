// Which requests are sent again when Didit does not answer: those that only read. All of them wait for a rate limit.
import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import approved from '../fixtures/v3_decision_approved_200.json';
import { OPERATIONS, expectAll, type OperationCase } from '../support/operations.mts';
import { ON, PARAMETERS as SHARED } from '../support/parameters.mts';
import { ID, runner } from '../support/run.mts';
import { json, serve } from '../support/server.mts';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../support/pauses.mts')>('../support/pauses.mts')
		.withShortPauses(),
);

/**
 * Those that wait read once more at the next visit. A session is created twice only where Didit gives the same one:
 * createRepeats. Didit takes a transaction once: transaction. A screening is sent again with the same Idempotency-Key:
 * checkAml.
 */
const reading = OPERATIONS.filter(({ effect }) => effect === 'reads');
const writing = OPERATIONS.filter(
	({ effect, name }) =>
		!['reads', 'waits'].includes(effect) &&
		!['session create', 'check aml', 'transaction create'].includes(name),
);

/** What each operation that writes is given. */
const PARAMETERS: Record<string, INodeParameters> = {
	...SHARED,
	'check ageEstimation': {},
	'check faceMatch': { referenceImage: 'data' },
	'check faceSearch': {},
	'check idDocument': {},
	'check liveness': {},
	'check proofOfAddress': {},
};

/** The beginning of a JPEG. */
const IMAGE = { data: '/9j/4AAQSkZJRg==', mimeType: 'image/jpeg' };

type Fault = 'drop' | { status: number; headers?: Record<string, string> };

const GOOD = {
	...approved,
	aml_screenings: [{ node_id: 'feature_aml_1', status: 'In Review', hits: [{ id: ID }] }],
	didit_internal_id: ID,
	uuid: ID,
	balance: '1.00',
	share_token: 'x',
	deleted: 1,
	count: 0,
	next: null,
	results: [],
};

/** A Didit that has this fault once: at the first request, or at the first that changes something. Then all is well. */
async function run(
	fault: Fault,
	{ resource, operation, name, effect }: OperationCase,
	parameters = PARAMETERS[name],
) {
	let struck: string | undefined;
	let asked = 0;
	const server = await serve((request, response) => {
		const call = `${request.method} ${request.url}`;
		if (struck === undefined && (effect === 'reads' || request.method !== 'GET')) {
			struck = call;
			asked++;
			if (fault === 'drop') return void request.socket.destroy();
			return void response.writeHead(fault.status, fault.headers).end();
		}
		if (struck === call) asked++;
		if (request.url?.endsWith('/generate-pdf/')) return void response.end('%PDF-1.7');
		json(response, 200, request.url?.includes('/media/') ? {} : GOOD);
	});
	const links = { media: ['businessDocuments'] };
	const result = await runner(resource, operation, { ...ON, ...links, ...parameters })(
		{},
		{ url: server.url, input: [{ json: {}, binary: { data: IMAGE } }] },
	);
	server.stop();
	return { ...result, asked };
}

beforeAll(() => {
	nock.disableNetConnect();
	nock.enableNetConnect('127.0.0.1');
});
afterAll(() => nock.enableNetConnect());

/** All at once, because each of them waits for a second or so. */
async function runAll(fault: Fault, operations: OperationCase[]) {
	const results = await Promise.all(operations.map(async (one) => await run(fault, one)));
	return results.map(({ error, asked }, index) => ({
		operation: operations[index].name,
		error: error?.message,
		asked,
	}));
}

const outcome = (operations: OperationCase[], error: unknown, asked: number) =>
	operations.map(({ name }) => ({ operation: name, error, asked }));
const named = (wanted: string) => OPERATIONS.find(({ name }) => name === wanted)!;

it('knows every operation that writes', () =>
	expectAll(Object.keys(PARAMETERS), 'PARAMETERS in test/support/parameters.mts', writing));

it('reads again after a dropped connection, with every operation that only reads', async () => {
	expect(await runAll('drop', reading)).toEqual(outcome(reading, undefined, 2));
});

it.each<[string, Fault]>([
	['a dropped connection', 'drop'],
	['a broken server', { status: 503 }],
])('never sends a change twice after %s', async (_, fault) => {
	expect(await runAll(fault, writing)).toEqual(outcome(writing, expect.any(String), 1));
});

it('waits for a rate limit and goes on, also with a change', async () => {
	expect(await runAll({ status: 429, headers: { 'retry-after': '1' } }, writing)).toEqual(
		outcome(writing, undefined, 2),
	);
});

it.each([502, 503, 504])('reads again after HTTP %i', async (status) => {
	const { error, asked } = await run({ status }, named('session get'));
	expect(error).toBeUndefined();
	expect(asked).toBe(2);
});

it('says after a lost answer to a change that it may have happened', async () => {
	const { error } = await run('drop', named('session updateStatus'));
	expect(error?.description).toContain('It is not known whether Didit did what was asked');
});

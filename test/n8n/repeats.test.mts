// Which requests are sent again when Didit does not answer: those that only read. All of them wait for a rate limit.
import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import approved from '../fixtures/v3_decision_approved_200.json';
import { ID, byId, runner } from '../support/run.mts';
import { json, serve } from '../support/server.mts';

const ON: INodeParameters = {
	sessionId: byId(ID),
	userId: byId('user-42'),
	businessId: byId('user-42'),
	workflowId: byId(ID),
};

const READING: Array<[string, string, INodeParameters?]> = [
	['session', 'get'],
	['session', 'getAll'],
	['session', 'getReviews'],
	['session', 'downloadPdf'],
	['session', 'downloadMedia'],
	['user', 'get'],
	['user', 'getAll'],
	['user', 'downloadPdf'],
	['business', 'get'],
	['business', 'getAll'],
	['workflow', 'get'],
	['workflow', 'getAll'],
	['account', 'getBalance'],
];
const WRITING: Array<[string, string, INodeParameters?]> = [
	['session', 'updateStatus', { newStatus: 'Approved' }],
	['session', 'updateData', { updateFields: { firstName: 'Nora' } }],
	['session', 'delete'],
	['session', 'addReview', { comment: 'x' }],
	['session', 'share', { forApplicationId: ID }],
	['session', 'importShared', { shareToken: 'x' }],
	['user', 'create', { vendorData: 'user-42' }],
	['user', 'update', { updateFields: { displayName: 'Nora' } }],
	['user', 'updateStatus', { status: 'BLOCKED' }],
	['business', 'create', { vendorData: 'user-42' }],
	['business', 'update', { updateFields: { displayName: 'x' } }],
	['business', 'updateStatus', { status: 'FLAGGED' }],
];

type Fault = 'drop' | { status: number; headers?: Record<string, string> };

const GOOD = {
	...approved,
	didit_internal_id: ID,
	uuid: ID,
	balance: '1.00',
	share_token: 'x',
	count: 0,
	next: null,
	results: [],
};

/** A Didit whose first answer is this one; then all is well. */
async function run(
	fault: Fault,
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
) {
	const server = await serve((request, response, seen) => {
		if (seen.length === 1 && fault === 'drop') return void request.socket.destroy();
		if (seen.length === 1 && fault !== 'drop')
			return void response.writeHead(fault.status, fault.headers).end();
		if (request.url?.endsWith('/generate-pdf/')) return void response.end('%PDF-1.7');
		json(response, 200, request.url?.includes('/media/') ? {} : GOOD);
	});
	const links = { media: ['businessDocuments'] };
	const result = await runner(resource, operation, { ...ON, ...links, ...parameters })(
		{},
		{ url: server.url },
	);
	server.stop();
	return {
		...result,
		first: server.seen.filter(
			({ path, method }) => path === server.seen[0].path && method === server.seen[0].method,
		).length,
	};
}

beforeAll(() => {
	nock.disableNetConnect();
	nock.enableNetConnect('127.0.0.1');
});
afterAll(() => nock.enableNetConnect());

/** All at once, because each of them waits for a second or so. */
async function runAll(fault: Fault, operations: typeof READING) {
	const results = await Promise.all(
		operations.map(async (operation) => await run(fault, ...operation)),
	);
	return results.map(({ error, first }, index) => ({
		operation: `${operations[index][0]} ${operations[index][1]}`,
		error: error?.message,
		again: first > 1,
	}));
}

const outcome = (operations: typeof READING, error: unknown, again: boolean) =>
	operations.map(([resource, operation]) => ({
		operation: `${resource} ${operation}`,
		error,
		again,
	}));

it('reads again after a dropped connection, with every operation that only reads', async () => {
	expect(await runAll('drop', READING)).toEqual(outcome(READING, undefined, true));
});

it.each<[string, Fault]>([
	['a dropped connection', 'drop'],
	['a broken server', { status: 503 }],
])('never sends a change twice after %s', async (_, fault) => {
	expect(await runAll(fault, WRITING)).toEqual(outcome(WRITING, expect.any(String), false));
});

it('waits for a rate limit and goes on, also with a change', async () => {
	expect(await runAll({ status: 429, headers: { 'retry-after': '1' } }, WRITING)).toEqual(
		outcome(WRITING, undefined, true),
	);
});

it.each([502, 503, 504])('reads again after HTTP %i', async (status) => {
	const { error, first } = await run({ status }, 'session', 'get');
	expect(error).toBeUndefined();
	expect(first).toBe(2);
});

it('says after a lost answer to a change that it may have happened', async () => {
	const { error } = await run('drop', 'session', 'updateStatus', { newStatus: 'Approved' });
	expect(error?.description).toContain('It is not known whether Didit did what was asked');
});

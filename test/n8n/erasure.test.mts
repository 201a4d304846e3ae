// User and Business: Delete, the erasure that a data-protection request asks for. What goes, what never goes, and the receipt.
import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import { didit, endDidit, paged, type Answer } from '../support/didit.mts';
import { byId, id, runner, schemaProblems } from '../support/run.mts';

const PERSON = 'user/42 ñ';
const record = {
	didit_internal_id: id(1),
	vendor_data: PERSON,
	status: 'ACTIVE',
	full_name: 'Nora Sample',
};
const notFound = { status: 404, body: { detail: 'Not found.' } };

const KINDS = [
	{
		resource: 'user',
		idField: 'userId',
		row: {
			document_type: null,
			full_name: 'Nora Sample',
			didit_internal_id: id(1),
			features: [],
			phone_number: null,
			email_address: null,
			additional_details: {},
			portrait_image: null,
			session_url: null,
			country: null,
		},
	},
	{
		resource: 'business',
		idField: 'businessId',
		row: {
			workflow_id: null,
			workflow_type: 'kyb',
			workflow_label: null,
			company_name: 'Example Ltd',
			registration_number: null,
			country: 'ES',
		},
	},
];

beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

describe.each(KINDS)('$resource', ({ resource, idField, row }) => {
	const session = (number: number, vendorData: string | null = PERSON) => ({
		session_id: id(number),
		session_kind: resource,
		session_number: number,
		status: 'Approved',
		vendor_data: vendorData,
		created_at: '2026-09-21T14:13:20Z',
		...row,
	});
	const sessions = (count: number) => Array.from({ length: count }, (_, number) => session(number));
	const erase = (parameters: INodeParameters = {}, dryRun: boolean | undefined = false) =>
		runner(resource, 'delete', {
			[idField]: byId(PERSON),
			...(dryRun !== undefined && { dryRun }),
			...parameters,
		})();

	const answers = (count: number, more: Record<string, Answer> = {}) =>
		didit({
			[`${resource}.get`]: { body: record },
			'session.list': (call) => paged(sessions(count), call),
			'session.delete': ({ params }) => ({
				body: {
					session_id: params.sessionId,
					session_number: 1,
					face_retention_outcome: 'deleted',
					biometric_template_uuid: null,
				},
			}),
			[`${resource}.batchDelete`]: { body: { deleted: 1 } },
			...more,
		});

	it.each([undefined, true])(
		'only lists what would go, unless the dry run is turned off (%s) [T58]',
		async (dryRun) => {
			const { calls } = answers(130);
			const { items } = await runner(resource, 'delete', {
				[idField]: byId(PERSON),
				...(dryRun !== undefined && { dryRun }),
			})();
			expect(new Set(calls.map((call) => call.id))).toEqual(
				new Set([`${resource}.get`, 'session.list']),
			);
			expect(items).toHaveLength(1);
			expect(items[0]).toMatchObject({
				json: {
					deleted: false,
					dry_run: true,
					found: true,
					vendor_data: PERSON,
					didit_internal_id: id(1),
					sessions_found: 130,
					sessions_deleted: 0,
					records_deleted: 0,
				},
				pairedItem: { item: 0 },
			});
			expect(items[0].json.sessions).toHaveLength(130);
			expect(schemaProblems(resource, 'delete', items)).toEqual([]);
		},
	);

	it('erases the sessions, then the record, and gives a receipt without names', async () => {
		const recorder = answers(3);
		const { items } = await erase({ options: { instructionId: 'ticket 1042' } });
		expect(recorder.calls.map((call) => call.id)).toEqual([
			`${resource}.get`,
			'session.list',
			'session.delete',
			'session.delete',
			'session.delete',
			`${resource}.batchDelete`,
		]);
		expect(recorder.of('session.delete').map(({ params }) => params.sessionId)).toEqual([
			id(0),
			id(1),
			id(2),
		]);
		expect(recorder.of('session.delete')[0].body).toEqual({
			deletion_instruction: 'privacy_erasure',
			instruction_id: 'ticket 1042',
		});
		expect(recorder.of(`${resource}.batchDelete`)[0].body).toEqual({ vendor_data_list: [PERSON] });
		expect(recorder.of('session.list')[0].query).toMatchObject({
			vendor_data: PERSON,
			session_kind: resource,
			session_type: 'ALL',
		});
		expect(items[0].json).toMatchObject({
			deleted: true,
			dry_run: false,
			sessions_found: 3,
			sessions_deleted: 3,
			records_deleted: 1,
			reference: 'ticket 1042',
			time: expect.stringMatching(/^\d{4}-/) as string,
		});
		expect(JSON.stringify(items)).not.toMatch(/Nora|Example Ltd/);
	});

	it('takes a session that is gone already for deleted', async () => {
		const { of } = answers(2, {
			'session.delete': ({ params }) => (params.sessionId === id(0) ? notFound : { status: 204 }),
		});
		const { items } = await erase();
		expect(items[0].json).toMatchObject({ deleted: true, sessions_deleted: 2 });
		expect(of(`${resource}.batchDelete`)).toHaveLength(1);
	});

	it('erases sessions that have no record, and says if there is nothing at all', async () => {
		const { of } = answers(1, { [`${resource}.get`]: notFound });
		expect((await erase()).items[0].json).toMatchObject({
			deleted: true,
			sessions_deleted: 1,
			records_deleted: 0,
			didit_internal_id: null,
		});
		expect(of(`${resource}.batchDelete`)).toEqual([]);
		nock.cleanAll();
		answers(0, { [`${resource}.get`]: notFound });
		expect((await erase()).items[0].json).toMatchObject({
			deleted: false,
			found: false,
			sessions_found: 0,
		});
	});

	it('says how far it came if Didit fails midway, and keeps the record for another try', async () => {
		const { of } = answers(3, {
			'session.delete': ({ params }) =>
				params.sessionId === id(2) ? { status: 403, body: { detail: 'No.' } } : { status: 204 },
		});
		const { error } = await erase();
		expect(error?.message).toBe('Deleted 2 of 3 sessions. No.');
		expect(error?.description).toContain('Run this item again to delete the rest');
		expect(of(`${resource}.batchDelete`)).toEqual([]);
	});

	it.each<[string, Record<string, Answer>, string]>([
		[
			'the filter does not hold [T60]',
			{ 'session.list': (call) => paged([session(1), session(2, 'somebody-else')], call) },
			"Didit's list holds sessions of others too",
		],
		[
			'the list has sessions of nobody',
			{ 'session.list': (call) => paged([session(1, null)], call) },
			"Didit's list holds sessions of others too",
		],
		[
			'the list goes round in circles',
			{
				'session.list': {
					body: {
						count: 1,
						previous: null,
						next: 'https://x.invalid/?limit=100&offset=100',
						results: sessions(1),
					},
				},
			},
			"Didit's list repeats itself",
		],
		[
			'the record cannot be read',
			{
				[`${resource}.get`]: {
					status: 403,
					body: { detail: 'You do not have permission to perform this action.' },
				},
			},
			'You do not have permission',
		],
	])('deletes nothing if %s', async (_, more, message) => {
		const { of } = answers(1, more);
		const { error } = await erase();
		expect(error?.message).toContain(message);
		expect([...of('session.delete'), ...of(`${resource}.batchDelete`)]).toEqual([]);
	});

	it('does not take a page that says 404 for "there is nobody"', async () => {
		const { of } = answers(1);
		nock.cleanAll();
		nock('http://didit.test').get(/./).reply(404, '<!doctype html><html></html>');
		const { error } = await erase({ [idField]: byId('user-42') });
		expect(error?.message).toContain("doesn't say whether there is such a record");
		expect(of('session.delete')).toEqual([]);
	});

	it('erases by the list for deletion if an ID with a slash has no address of its own', async () => {
		nock('http://didit.test')
			.get(/^\/v3\/(users|businesses)\//)
			.reply(404, '<!doctype html><html></html>');
		const recorder = didit({
			'session.list': (call) => paged([], call),
			[`${resource}.batchDelete`]: { body: { deleted: 1 } },
		});
		expect((await erase()).items[0].json).toMatchObject({
			deleted: true,
			found: false,
			sessions_deleted: 0,
			records_deleted: 1,
		});
		expect(recorder.of(`${resource}.batchDelete`)[0].body).toEqual({ vendor_data_list: [PERSON] });
	});

	it('deletes nothing if there are more sessions than the builder expects [T59]', async () => {
		const { of } = answers(101);
		const { error } = await erase();
		expect(error?.message).toBe(
			"There are 101 sessions, more than 'Max Sessions' allows. Nothing was deleted",
		);
		expect(of('session.delete')).toEqual([]);
		expect((await erase({ options: { maxSessions: 101 } })).items[0].json).toMatchObject({
			sessions_deleted: 101,
		});
	});

	it.each([
		['={{ $json.nothing }}', ' is empty'],
		[' ', ' is empty'],
		['..', ' is not valid'],
	])('refuses the ID %j before any request', async (who, message) => {
		const { calls } = answers(1);
		const { error } = await erase({
			[idField]: byId(`${who}`.startsWith('=') ? who : `={{ ${JSON.stringify(who)} }}`),
		});
		expect(error?.message).toContain(message);
		expect(calls).toEqual([]);
	});
});

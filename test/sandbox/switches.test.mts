/** What sources say differently can be switched, and clients' habits that Didit doesn't mind are no errors here. */
import { NO_LIMITS } from '../../sandbox/index.mts';
import { DEFAULTS } from '../../sandbox/model/settings.mts';
import { call, create, PORTRAIT, v3, withSandbox, WORKFLOW } from './client.mts';

const sandbox = withSandbox();
const statusOf = async (session_id: string) =>
	(await v3(sandbox(), 'GET', `/v3/session/${session_id}/decision/`)).body.status;

it.each([
	['clicked', 'Not Started'],
	['atOnce', 'Declined'],
] as const)('a session with a scenario ends when %s', async (scenarioEnds, status) => {
	sandbox().set({ scenarioEnds });
	const { session_id } = await create(sandbox(), { sandbox_scenario: 'decline_document_expired' });
	expect(await statusOf(session_id)).toBe(status);
});

it('a portrait is base64, and an address where it is set so', async () => {
	const post = async () =>
		await v3(sandbox(), 'POST', '/v3/session/', {
			workflow_id: WORKFLOW.identity,
			portrait_image: 'https://example.com/portrait.jpg',
		});
	expect((await post()).status).toBe(400);
	sandbox().set({ portraitByAddress: true });
	expect((await post()).status).toBe(201);
});

describe('a face login', () => {
	const login = async (fields: object = {}) =>
		await v3(sandbox(), 'POST', '/v3/session/', { workflow_id: WORKFLOW.faceLogin, ...fields });
	const featuresOf = async ({ body }: { body: { session_id: string } }) =>
		(await v3(sandbox(), 'GET', `/v3/session/${body.session_id}/decision/`)).body.features;

	it.each([
		[{ vendor_data: 'user-42' }, 'No stored face image was found for this user.'],
		[{}, 'Send a portrait_image, or the vendor_data'],
	])('with %j and no face to compare with is refused', async (fields, text) => {
		const { status, body } = await login(fields);
		expect([status, body]).toEqual([
			400,
			{ portrait_image: expect.stringContaining(text) as string },
		]);
		expect(sandbox().sessions).toEqual([]);
	});

	it('without a face looks for a living person alone where it is set so', async () => {
		sandbox().set({ missingPortrait: 'livenessOnly' });
		expect(await featuresOf(await login({ vendor_data: 'user-42' }))).toEqual(['LIVENESS']);
	});

	it('compares with a portrait, or with a face of the same user that was approved', async () => {
		const both = ['LIVENESS', 'FACE_MATCH'];
		expect(await featuresOf(await login({ portrait_image: PORTRAIT }))).toEqual(both);
		const { session_id } = await create(sandbox(), { vendor_data: 'user-42' });
		expect((await login({ vendor_data: 'user-42' })).status).toBe(400);
		sandbox().setStatus(session_id, 'Approved');
		expect(await featuresOf(await login({ vendor_data: 'user-42' }))).toEqual(both);
		expect((await login({ vendor_data: 'user-43' })).status).toBe(400);
	});
});

it('a free account makes ten calls a minute, of whatever kind', async () => {
	sandbox().set({ rateLimits: { all: 10 } });
	const statuses = async (times: number) => {
		const found = [];
		for (let count = 0; count < times; count++)
			found.push((await v3(sandbox(), 'GET', '/v3/sessions/')).status);
		return found;
	};
	for (let count = 0; count < 4; count++) await create(sandbox());
	expect(await statuses(7)).toEqual([...Array<number>(6).fill(200), 429]);
	const { status, headers } = await v3(sandbox(), 'POST', '/v3/session/', {
		workflow_id: WORKFLOW.identity,
	});
	expect([status, headers.get('x-ratelimit-limit')]).toEqual([429, '10']);
	sandbox().advanceClock(61);
	expect(await statuses(1)).toEqual([200]);
});

it('filters take dates, and times where it is set so', async () => {
	const { session_id } = await create(sandbox());
	const list = async (query: string) => await v3(sandbox(), 'GET', `/v3/sessions/?${query}`);
	const [past, future] = [-3_600_000, 3_600_000].map((shift) =>
		new Date(Date.now() + shift).toISOString(),
	);
	expect((await list(`date_from=${past}`)).status).toBe(400);
	sandbox().set({ timesInFilters: true });
	expect((await list(`date_from=${past}&date_to=${future}`)).body.results).toEqual([
		expect.objectContaining({ session_id }),
	]);
	expect((await list(`date_from=${future}`)).body.results).toEqual([]);
	expect((await list('date_from=yesterday')).status).toBe(400);
});

it.each([
	['a call that does not exist', '/v3/nothing/', 404],
	['a method that does not exist', `/v3/workflows/${WORKFLOW.identity}/`, 405],
])(
	'a DELETE with a JSON header and no body is answered as without, for %s',
	async (_, path, status) => {
		const json: Record<string, string> = { 'content-type': 'application/json' };
		for (const headers of [{}, json])
			expect(
				(
					await call(sandbox(), 'DELETE', path, {
						raw: '',
						headers: { 'x-api-key': sandbox().apiKey, ...headers },
					})
				).status,
			).toBe(status);
	},
);

it('a DELETE with a JSON header and no body deletes', async () => {
	const { session_id } = await create(sandbox());
	const { status } = await call(sandbox(), 'DELETE', `/v3/session/${session_id}/delete/`, {
		raw: '',
		headers: { 'x-api-key': sandbox().apiKey, 'content-type': 'application/json' },
	});
	expect(status).toBe(200);
});

it('every limit can be switched off, that of corrections too', async () => {
	const limits = Object.keys(DEFAULTS.rateLimits).filter((name) => name !== 'windowSeconds');
	expect(NO_LIMITS).toEqual(Object.fromEntries(limits.map((name) => [name, null])));
	const { session_id } = await create(sandbox(), { workflow_id: WORKFLOW.full });
	sandbox().setStatus(session_id, 'Approved');
	const correct = async (path: string, body: unknown, times: number) => {
		const statuses = [];
		for (let count = 0; count < times; count++)
			statuses.push(
				(await v3(sandbox(), 'PATCH', `/v3/session/${session_id}/${path}/`, body)).status,
			);
		return statuses;
	};
	const limited = await correct('update-data', { first_name: 'Nora' }, 11);
	expect(limited).toEqual([...Array<number>(10).fill(200), 429]);
	// Counted apart.
	expect(await correct('update-poa-data', { issuer: 'Example' }, 1)).toEqual([200]);
	sandbox().set({ rateLimits: NO_LIMITS });
	expect(new Set(await correct('update-data', { first_name: 'Nora' }, 12))).toEqual(new Set([200]));
});

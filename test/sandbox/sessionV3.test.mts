import { responseErrors } from '../../contract/index.mts';
import { SCENARIOS } from '../../sandbox/model/decision/scenarios.mts';
import { STATUSES } from '../../sandbox/model/records.mts';
import { call, create, v3, withSandbox, WORKFLOW, PORTRAIT } from './client.mts';

const sandbox = withSandbox({ rateLimits: { create: null, get: null } });

describe('creating a version 3 session', () => {
	it('answers the ten documented fields', async () => {
		const body = await create(sandbox(), {
			vendor_data: 'user-42',
			metadata: { plan: 'pro' },
			callback: 'https://example.com/done',
		});
		expect(Object.keys(body).sort()).toEqual([
			'callback',
			'metadata',
			'session_id',
			'session_number',
			'session_token',
			'status',
			'url',
			'vendor_data',
			'workflow_id',
			'workflow_version',
		]);
		expect(body).toMatchObject({
			status: 'Not Started',
			workflow_id: WORKFLOW.identity,
			workflow_version: 2,
			vendor_data: 'user-42',
			metadata: { plan: 'pro' },
		});
		expect(body.session_token).toHaveLength(12);
		expect(body.url).toBe(`${sandbox().url}/session/${body.session_token}`);
	});

	it('puts the language into the link', async () => {
		expect((await create(sandbox(), { language: 'pt-BR' })).url).toContain('/pt-BR/session/');
	});

	it('takes the uuid of a version, and answers with the stable id and the newest version', async () => {
		expect(
			await create(sandbox(), { workflow_id: 'c0000001-0000-4000-8000-000000000002' }),
		).toMatchObject({ workflow_id: WORKFLOW.identity, workflow_version: 2 });
	});

	it.each([
		['no workflow', {}, { workflow_id: ['This field is required.'] }],
		[
			'an unknown workflow',
			{ workflow_id: 'dddddddd-0000-4000-8000-000000000000' },
			{ workflow_id: 'Invalid workflow_id.' },
		],
		['a draft', { workflow_id: WORKFLOW.draft }, { workflow_id: 'Invalid workflow_id.' }],
		[
			'an archived workflow',
			{ workflow_id: WORKFLOW.archived },
			{ workflow_id: 'Invalid workflow_id.' },
		],
		[
			'a workflow id that is no UUID',
			{ workflow_id: 'basic' },
			{ workflow_id: ['Must be a valid UUID.'] },
		],
		[
			'a field of version 1',
			{ workflow_id: WORKFLOW.identity, features: 'OCR' },
			{ features: ['Unknown field.'] },
		],
		[
			'an address without a country',
			{ workflow_id: WORKFLOW.identity, expected_details: { address: 'Carrer Fictici 1' } },
			{ expected_details: { country: ['This field is required.'] } },
		],
		[
			'a two-letter nationality',
			{ workflow_id: WORKFLOW.identity, expected_details: { nationality: 'ES' } },
			{ expected_details: { nationality: [expect.stringContaining('pattern')] } },
		],
		[
			'an e-mail address without a host',
			{ workflow_id: WORKFLOW.identity, contact_details: { email: 'ana' } },
			{ contact_details: { email: [expect.stringContaining('email')] } },
		],
		[
			'an unknown document type',
			{
				workflow_id: WORKFLOW.identity,
				expected_details: { expected_document_types: ['P', 'XX'] },
			},
			{ expected_details: { expected_document_types: ['"XX" is not a valid choice.'] } },
		],
		[
			'an unknown language',
			{ workflow_id: WORKFLOW.identity, language: 'tlh' },
			{ language: ['"tlh" is not a valid choice.'] },
		],
		[
			'an unknown scenario',
			{ workflow_id: WORKFLOW.identity, sandbox_scenario: 'make_coffee' },
			{ sandbox_scenario: ['Unknown sandbox scenario.'] },
		],
		[
			'a scenario named like a property of every object',
			{ workflow_id: WORKFLOW.identity, sandbox_scenario: 'constructor' },
			{ sandbox_scenario: ['Unknown sandbox scenario.'] },
		],
		[
			'a portrait that is no picture',
			{
				workflow_id: WORKFLOW.identity,
				portrait_image: Buffer.from('hello world!').toString('base64'),
			},
			{ portrait_image: ['Unsupported image format.'] },
		],
		[
			'a portrait that is no base64',
			{ workflow_id: WORKFLOW.identity, portrait_image: 'data:image/png;base64,' },
			{ portrait_image: ['Invalid base64 image.'] },
		],
		[
			'a portrait over 2 MB',
			{
				workflow_id: WORKFLOW.identity,
				portrait_image: Buffer.alloc(2 * 1024 * 1024 + 1, 0xff).toString('base64'),
			},
			{ portrait_image: ['Image size exceeds 2MB.'] },
		],
	])('is refused with %s, naming the field', async (_what, body, expected) => {
		expect(await v3(sandbox(), 'POST', '/v3/session/', body)).toMatchObject({
			status: 400,
			body: expected,
		});
		expect(sandbox().sessions).toEqual([]);
	});

	it.each([
		['JPEG', 'ffd8ffe0'],
		['PNG', '89504e470d0a1a0a'],
		['WebP', '524946460000000057454250'],
		['TIFF', '49492a00'],
	])('takes a portrait as %s', async (_type, start) => {
		await create(sandbox(), {
			portrait_image: Buffer.concat([Buffer.from(start, 'hex'), Buffer.alloc(64)]).toString(
				'base64',
			),
		});
	});

	it('is refused as broken JSON, without a session', async () => {
		const { status, body } = await call(sandbox(), 'POST', '/v3/session/', {
			raw: '{"workflow_id":',
			headers: { 'x-api-key': sandbox().apiKey, 'content-type': 'application/json' },
		});
		expect([status, body.detail]).toEqual([400, expect.stringContaining('JSON parse error')]);
	});

	it('is refused as anything but JSON', async () => {
		const { status } = await call(sandbox(), 'POST', '/v3/session/', {
			raw: `workflow_id=${WORKFLOW.identity}`,
			headers: {
				'x-api-key': sandbox().apiKey,
				'content-type': 'application/x-www-form-urlencoded',
			},
		});
		expect(status).toBe(415);
	});
});

describe('creating a session twice for the same vendor data', () => {
	const given = { vendor_data: 'user-42', callback: 'https://example.com/a', metadata: { a: 1 } };

	it.each(['Not Started', 'In Progress', 'Resubmitted', 'Awaiting User'] as const)(
		'answers the first one again while it is %s, with the new callback and metadata',
		async (status) => {
			const first = await create(sandbox(), given);
			sandbox().setStatus(first.session_id, status);
			const second = await create(sandbox(), {
				...given,
				callback: 'https://example.com/b',
				metadata: { b: 2 },
				language: 'de',
			});
			expect(second).toMatchObject({
				session_id: first.session_id,
				url: first.url,
				status,
				callback: 'https://example.com/b',
				metadata: { b: 2 },
			});
			expect(sandbox().sessions).toHaveLength(1);
		},
	);

	it('clears callback and metadata that the second call leaves out', async () => {
		await create(sandbox(), given);
		expect(await create(sandbox(), { vendor_data: 'user-42' })).toMatchObject({
			callback: null,
			metadata: null,
		});
	});

	it.each(['Approved', 'Declined', 'In Review', 'Expired', 'Abandoned', 'Kyc Expired'] as const)(
		'makes a new one once it is %s',
		async (status) => {
			const first = await create(sandbox(), given);
			sandbox().setStatus(first.session_id, status);
			expect((await create(sandbox(), given)).session_id).not.toBe(first.session_id);
		},
	);

	it('makes a new one for another workflow, and without vendor data', async () => {
		await create(sandbox(), given);
		await create(sandbox(), { ...given, workflow_id: WORKFLOW.aml });
		await create(sandbox(), { ...given, workflow_id: WORKFLOW.full });
		await create(sandbox(), { callback: given.callback });
		await create(sandbox(), { callback: given.callback });
		expect(sandbox().sessions).toHaveLength(5);
	});

	it('makes a new one when the link has expired', async () => {
		const first = await create(sandbox(), given);
		sandbox().advanceClock(604_801);
		expect((await create(sandbox(), given)).session_id).not.toBe(first.session_id);
		expect(sandbox().sessions[0].status).toBe('Expired');
	});
});

describe('the decision', () => {
	const read = async (session_id: string, query = '') =>
		await v3(sandbox(), 'GET', `/v3/session/${session_id}/decision/${query}`);
	const WORKFLOWS = [
		WORKFLOW.identity,
		WORKFLOW.aml,
		WORKFLOW.full,
		WORKFLOW.company,
		'c0000004-0000-4000-8000-000000000001',
		WORKFLOW.faceLogin,
	];

	it.each(STATUSES)(
		'keeps the contract for every workflow when the session is %s',
		async (status) => {
			for (const workflow_id of WORKFLOWS) {
				const { session_id } = await create(sandbox(), { workflow_id, portrait_image: PORTRAIT });
				sandbox().setStatus(session_id, status);
				for (const query of ['', '?include=events']) {
					const { status: code, body } = await read(session_id, query);
					expect({ code, problems: responseErrors('v3', 'session.decision', code, body) }).toEqual({
						code: 200,
						problems: [],
					});
					expect(body.status).toBe(status);
				}
			}
		},
	);

	it('holds nothing before a step ran, and every step afterwards', async () => {
		const { session_id } = await create(sandbox(), { workflow_id: WORKFLOW.aml });
		expect((await read(session_id)).body).toMatchObject({
			features: ['ID_VERIFICATION', 'LIVENESS', 'FACE_MATCH', 'AML', 'IP_ANALYSIS'],
			id_verifications: null,
			aml_screenings: null,
		});
		sandbox().setStatus(session_id, 'Approved');
		const { body } = await read(session_id);
		for (const list of [
			'id_verifications',
			'liveness_checks',
			'face_matches',
			'aml_screenings',
			'ip_analyses',
		])
			expect(body[list]).toEqual([expect.objectContaining({ status: 'Approved', warnings: [] })]);
		expect(body.nfc_verifications).toBeNull();
	});

	it('reads the expected person from the document', async () => {
		const { session_id } = await create(sandbox(), {
			expected_details: {
				first_name: 'Mira',
				last_name: 'Ausgedacht',
				date_of_birth: '1988-02-29',
				nationality: 'AUT',
			},
		});
		sandbox().setStatus(session_id, 'Approved');
		expect((await read(session_id)).body.id_verifications[0]).toMatchObject({
			full_name: 'Mira Ausgedacht',
			date_of_birth: '1988-02-29',
			age: 38,
			nationality: 'AUT',
		});
	});

	it.each(Object.entries(SCENARIOS).filter(([, { step }]) => step && !step.startsWith('KYB')))(
		'shows what the scenario %s is about',
		async (slug, { status, step, risk }) => {
			const { session_id } = await create(sandbox(), {
				workflow_id: WORKFLOW.full,
				sandbox_scenario: slug,
			});
			sandbox().setStatus(session_id, status);
			const { body } = await read(session_id);
			const steps = Object.values(body)
				.filter(Array.isArray)
				.flat()
				.filter((entry) => entry.node_id) as Array<{
				node_id: string;
				status: string;
				warnings?: Array<{ risk: string }>;
			}>;
			expect(steps.filter((entry) => entry.status !== 'Approved')).toEqual([
				expect.objectContaining({
					status,
					node_id: `feature_${step!.toLowerCase()}_1`,
					warnings: expect.arrayContaining([
						expect.objectContaining({
							risk,
							log_type: status === 'Declined' ? 'error' : 'warning',
						}),
					]) as unknown,
				}),
			]);
		},
	);

	it('adds the events on request', async () => {
		const { session_id } = await create(sandbox());
		sandbox().setStatus(session_id, 'Declined');
		const { body } = await read(session_id, '?include=events');
		expect(body).not.toHaveProperty('session_kind');
		expect(body.events.map((event: { status: string }) => event.status)).toEqual([
			'Not Started',
			'Declined',
		]);
		expect((await read(session_id, '?include=everything')).status).toBe(400);
	});

	it('of an unknown session is a 404 even for a bad key, and a HTML page for anything but a lower-case UUID', async () => {
		const unknown = '/v3/session/dddddddd-0000-4000-8000-000000000000/decision/';
		expect(
			await call(sandbox(), 'GET', unknown, { headers: { 'x-api-key': 'wrong' } }),
		).toMatchObject({ status: 404, body: { detail: 'Session not found.' } });
		for (const id of ['DDDDDDDD-0000-4000-8000-000000000000', 'abc']) {
			const { status, headers, text } = await v3(sandbox(), 'GET', `/v3/session/${id}/decision/`);
			expect([status, headers.get('content-type'), text]).toEqual([
				404,
				'text/html; charset=utf-8',
				expect.stringContaining('<h1>Not Found</h1>'),
			]);
		}
	});

	it('of a known session is refused to a bad key', async () => {
		const { session_id } = await create(sandbox());
		expect(
			await call(sandbox(), 'GET', `/v3/session/${session_id}/decision/`, {
				headers: { 'x-api-key': 'wrong' },
			}),
		).toMatchObject({
			status: 403,
			body: { detail: 'Authentication credentials were not provided or are invalid.' },
		});
	});
});

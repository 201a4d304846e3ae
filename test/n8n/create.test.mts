// Session: Create as a builder meets it: what is sent, what comes out, in which order, and what happens when it goes wrong.
import nock from 'nock';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import created from '../fixtures/v3_session_create_201.json';
import workflows from '../fixtures/v3_workflows_list_200.json';
import { DIDIT, didit, diditV1, endDidit, session } from '../support/didit.mts';
import { apiKey, clientCredentials, runDidit } from '../support/n8n.mts';

const WORKFLOW = 'cccccccc-0000-4000-8000-000000000003';
const items = (count: number) =>
	Array.from({ length: count }, (_, number) => ({ json: { number } }));

const workflow = (more: INodeParameters = {}): INodeParameters => ({
	workflowId: { __rl: true, mode: 'id', value: WORKFLOW },
	...more,
});

/** Runs with an API key against a Didit that answers as given, and returns what it was sent. */
async function create(
	parameters: INodeParameters,
	reply: [number, unknown, Record<string, string>?],
	input?: INodeExecutionData[],
) {
	const sent: unknown[] = [];
	nock(DIDIT)
		.persist()
		.post('/v3/session/')
		.reply(function (_uri, body) {
			sent.push(body);
			return reply as [number, string];
		});
	return { sent, ...(await runDidit(workflow(parameters), { credentials: apiKey(DIDIT), input })) };
}

beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

it('passes on session_id and url, linked to the item', async () => {
	const count = diditV1();
	const input = [{ json: { user: 'user-42' } }];
	const { items: out } = await runDidit(
		{
			features: 'OCR + FACE',
			callback: 'https://example.com/done',
			vendorData: '={{ $json.user }}',
		},
		{ credentials: clientCredentials(DIDIT), input },
	);
	expect(out).toEqual([{ json: session(1, { client: 'client-one' }), pairedItem: { item: 0 } }]);
	expect(count.bodies).toEqual([
		{ features: 'OCR + FACE', callback: 'https://example.com/done', vendor_data: 'user-42' },
	]);
});

it("sends no features for the Didit console's settings", async () => {
	const count = diditV1();
	await runDidit({}, { credentials: clientCredentials(DIDIT) });
	expect(count.bodies).toEqual([{}]);
});

it.each([
	['face+ocr', 'OCR + FACE'],
	['AML + face + NFC + OCR', 'OCR + NFC + FACE + AML'],
	[' ocr ', 'OCR'],
])('spells %j as Didit does', async (given, spelled) => {
	const count = diditV1();
	await runDidit({ features: `=${given}` }, { credentials: clientCredentials(DIDIT) });
	expect(count.bodies).toEqual([{ features: spelled }]);
});

it('sends every additional field of a workflow session under its own name', async () => {
	const { sent, error } = await create(
		{
			callback: 'myapp://done',
			vendorData: 'user/42 ñ',
			additionalFields: {
				callbackMethod: 'both',
				language: 'es',
				metadata: '{"plan": "pro"}',
				sandboxScenario: 'approve',
				portraitImage: 'photo',
				contactDetails: {
					email: 'nora@example.com',
					emailLanguage: 'pt-BR',
					phone: '+34 600-000-000',
					sendNotificationEmails: true,
				},
				expectedDetails: {
					address: '1 Example Street',
					country: 'esp',
					dateOfBirth: '1990-05-31',
					expectedDocumentTypes: ['P', 'ID'],
					firstName: 'Nora',
					gender: 'F',
					idCountry: 'ESP',
					identificationNumber: '00000000T',
					ipAddress: '203.0.113.7',
					lastName: 'Sample',
					nationality: 'ESP',
					poaCountry: 'PRT',
					companyName: 'Example Ltd',
					registrationNumber: '12345678',
					registryCountry: 'us-ca',
				},
			},
		},
		[201, session(1)],
		[
			{
				json: {},
				binary: {
					photo: {
						data: Buffer.from('89504e470d0a1a0a0000', 'hex').toString('base64'),
						mimeType: 'image/png',
					},
				},
			},
		],
	);
	expect(error).toBeUndefined();
	expect(sent).toEqual([
		{
			workflow_id: WORKFLOW,
			callback: 'myapp://done',
			vendor_data: 'user/42 ñ',
			callback_method: 'both',
			language: 'es',
			metadata: { plan: 'pro' },
			sandbox_scenario: 'approve',
			portrait_image: 'iVBORw0KGgoAAA==',
			contact_details: {
				email: 'nora@example.com',
				email_lang: 'pt-BR',
				phone: '+34600000000',
				send_notification_emails: true,
			},
			expected_details: {
				address: '1 Example Street',
				country: 'ESP',
				date_of_birth: '1990-05-31',
				expected_document_types: ['P', 'ID'],
				first_name: 'Nora',
				gender: 'F',
				id_country: 'ESP',
				identification_number: '00000000T',
				ip_address: '203.0.113.7',
				last_name: 'Sample',
				nationality: 'ESP',
				poa_country: 'PRT',
				company_name: 'Example Ltd',
				registration_number: '12345678',
				registry_country: 'US-CA',
			},
		},
	]);
});

it('signs with the API key alone', async () => {
	const scope = nock(DIDIT, { badheaders: ['authorization'] })
		.matchHeader('x-api-key', 'key-number-one')
		.post('/v3/session/')
		.reply(201, session(1));
	await runDidit(workflow(), { credentials: apiKey(DIDIT) });
	expect(scope.isDone()).toBe(true);
});

it('keeps the order of 200 items when answers come back out of order', async () => {
	nock(DIDIT)
		.persist()
		.post('/v3/session/')
		.delay(Math.random() * 30)
		.reply(201, (_uri, body) => session(Number((body as { vendor_data: string }).vendor_data)));
	const { items: out } = await runDidit(workflow({ vendorData: '={{ $json.number }}' }), {
		credentials: apiKey(DIDIT),
		input: items(200),
	});
	expect(out.map(({ json }) => json.session_token)).toEqual(
		items(200).map(({ json }) => `session-${json.number}`),
	);
	expect(out.map(({ pairedItem }) => pairedItem)).toEqual(items(200).map((_, item) => ({ item })));
});

it.each([200, 201])('takes HTTP %i as success', async (status) => {
	const { items: out } = await create({}, [status, session(1)]);
	expect(out).toHaveLength(1);
});

it.each([
	['session_id', { url: 'https://verify.didit.me/session/x' }],
	['url', { session_id: session(1).session_id, url: null }],
	['session_id', []],
])('reports an answer without %s as an error, not as an item', async (field, body) => {
	const { error, items: out } = await create({}, [201, body]);
	expect(error?.message).toBe(`Didit's response is missing '${field}'`);
	expect(out).toEqual([]);
});

it.each([
	['a page', '<html>Welcome</html>'],
	['half of the answer', JSON.stringify(session(1)).slice(0, 40)],
])('says that a session may exist when %s comes back', async (_what, body) => {
	const { error, items: out } = await create({}, [201, body]);
	expect(error).toMatchObject({
		message: "Didit's response is incomplete or didn't come from Didit",
		description: 'The session may exist: look in the Didit console before you run this item again',
	});
	expect(out).toEqual([]);
});

describe('refuses before any request', () => {
	const photo = (bytes: Buffer) => [
		{ json: {}, binary: { data: { data: bytes.toString('base64'), mimeType: 'image/png' } } },
	];
	const png = Buffer.from('89504e470d0a1a0a', 'hex');

	it.each<[string, INodeParameters, string, INodeExecutionData[]?]>([
		...[
			'{"plan": "pro", "test_webhook": true}',
			'{"test\\u005fwebhook": false}',
			'{"n8n_resume_url": "x"}',
			'={{ { n8n_resume_url: "x" } }}',
		].map((metadata): [string, INodeParameters, string] => [
			`metadata with a name that means something to the trigger: ${metadata}`,
			{ additionalFields: { metadata } },
			"'Metadata' is not valid",
		]),
		[
			'a callback that is no URL',
			{ callback: 'example.com/done' },
			"'Page Afterwards' is not valid",
		],
		[
			'a callback that runs script',
			{ callback: 'javascript://x' },
			"'Page Afterwards' is not valid",
		],
		[
			'a callback with spaces',
			{ callback: 'https://example.com/a b' },
			"'Page Afterwards' is not valid",
		],
		[
			'metadata that is no JSON',
			{ additionalFields: { metadata: 'plan=pro' } },
			"'Metadata' is not valid",
		],
		[
			'metadata that is a list',
			{ additionalFields: { metadata: '[1]' } },
			"'Metadata' is not valid",
		],
		[
			'a date that does not exist',
			{ additionalFields: { expectedDetails: { dateOfBirth: '1990-02-30' } } },
			"'Date of Birth' is not valid",
		],
		[
			'a date in another order',
			{ additionalFields: { expectedDetails: { dateOfBirth: '31/05/1990' } } },
			"'Date of Birth' is not valid",
		],
		[
			'an email without a domain',
			{ additionalFields: { contactDetails: { email: 'nora@' } } },
			"'Email' is not valid",
		],
		[
			'what is no language',
			{ additionalFields: { language: 'x or y' } },
			"'Language' is not valid",
		],
		[
			'what is no language for emails',
			{ additionalFields: { contactDetails: { emailLanguage: '?' } } },
			"'Email Language' is not valid",
		],
		[
			'a country by its name',
			{ additionalFields: { expectedDetails: { nationality: 'Spain' } } },
			"'Nationality' is not valid",
		],
		[
			'a phone number without the country',
			{ additionalFields: { contactDetails: { phone: '600000000' } } },
			"'Phone' is not valid",
		],
		[
			'an address without a country',
			{ additionalFields: { expectedDetails: { address: '1 Example Street' } } },
			"'Address' needs a country",
		],
		[
			'an IP address with a number too large',
			{ additionalFields: { expectedDetails: { ipAddress: '203.0.113.700' } } },
			"'IP Address' is not valid",
		],
		[
			'a workflow ID that is no UUID',
			{ workflowId: { __rl: true, mode: 'id', value: 'kyc' } },
			"'Workflow' is not a valid ID",
		],
		[
			'a workflow that an expression left empty',
			{ workflowId: { __rl: true, mode: 'id', value: '={{ $json.nothing }}' } },
			"'Workflow' is empty",
		],
		[
			'a picture over 2 MB',
			{ additionalFields: { portraitImage: 'data' } },
			"'Portrait Image Field': the image in 'data' is larger than 2 MB",
			photo(Buffer.concat([png, Buffer.alloc(2 * 1024 * 1024)])),
		],
		[
			'a file that is no picture',
			{ additionalFields: { portraitImage: 'data' } },
			"'Portrait Image Field': the file in 'data' isn't an image format that Didit supports",
			photo(Buffer.from('%PDF-1.7')),
		],
		[
			'a picture that is not there',
			{ additionalFields: { portraitImage: 'photo' } },
			"'Portrait Image Field': the item has no file in 'photo'",
		],
		[
			'an object as vendor data, which would be the same for everybody',
			{ vendorData: '={{ ({ id: 1 }) }}' },
			"'Your User ID (Vendor Data)' is not valid",
		],
		[
			'a list as a first name',
			{ additionalFields: { expectedDetails: { firstName: '={{ ["Nora"] }}' } } },
			"'First Name' is not valid",
		],
		[
			'a time-out of zero',
			{ options: { requestSettings: { timeout: 0 } } },
			"'Timeout (Seconds)' is not valid",
		],
	])('%s', async (...[, parameters, message, input]) => {
		const { error, sent } = await create(parameters, [201, session(1)], input);
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(/\w/);
		expect(sent).toEqual([]);
	});

	it('a combination that Didit does not offer, with the list of the eight', async () => {
		const count = diditV1();
		const { error } = await runDidit(
			{ features: '=FACE' },
			{ credentials: clientCredentials(DIDIT) },
		);
		expect(error?.message).toBe("'Feature Combination' is not one that Didit offers");
		for (const offered of [
			'OCR,',
			'OCR + NFC,',
			'OCR + AML,',
			'OCR + NFC + AML,',
			'OCR + FACE,',
			'OCR + NFC + FACE,',
			'OCR + FACE + AML,',
			'OCR + NFC + FACE + AML.',
		]) {
			expect(error?.description).toContain(offered);
		}
		expect(count.exchanges).toBe(0);
	});

	it.each<[string, INodeParameters, 'key' | 'secret', string]>([
		[
			'a feature combination with an API key',
			{ features: 'OCR' },
			'key',
			"'Feature Combination' requires a client ID and secret, but this credential uses an API key",
		],
		[
			'a workflow with a client secret',
			workflow(),
			'secret',
			"'Workflow' requires an API key, but this credential uses a client ID and secret",
		],
		[
			'additional fields with a client secret',
			{ additionalFields: { language: 'es' } },
			'secret',
			"'Additional Fields' requires an API key, but this credential uses a client ID and secret",
		],
		[
			'a workflow that an expression left empty',
			{ workflowId: { __rl: true, mode: 'id', value: '={{ $json.nothing }}' } },
			'key',
			"'Workflow' is empty",
		],
	])('%s', async (_, parameters, kind, message) => {
		const { error } = await runDidit(parameters, {
			credentials: kind === 'key' ? apiKey(DIDIT) : clientCredentials(DIDIT),
		});
		expect(error?.message).toBe(message);
	});
});

describe('a new node that nobody has changed', () => {
	const row = (number: number, more: object) => ({
		...(workflows.results[0] as object),
		uuid: `99999999-0000-4000-8000-${String(number).padStart(12, '0')}`,
		workflow_id: `cccccccc-0000-4000-8000-${String(number).padStart(12, '0')}`,
		is_default: false,
		...more,
	});
	const page = (...results: object[]) => ({
		body: { count: results.length, next: null, previous: null, results },
	});

	it('goes through the default workflow with an API key, which is looked up once for all items', async () => {
		const recorder = didit({
			'workflow.list': page(
				row(1, {}),
				row(2, { is_default: true, status: 'draft' }),
				row(3, { is_default: true }),
			),
			'session.create': { status: 201, body: created },
		});
		const { items: made, error } = await runDidit(
			{},
			{ credentials: apiKey(DIDIT), input: items(20) },
		);
		expect(error).toBeUndefined();
		expect(made).toHaveLength(20);
		expect(recorder.of('workflow.list')).toHaveLength(1);
		expect(recorder.of('session.create').map(({ body }) => body)).toEqual(
			Array(20).fill({ workflow_id: 'cccccccc-0000-4000-8000-000000000003' }),
		);
	});

	it('asks for a workflow where the application has no default one', async () => {
		const recorder = didit({
			'workflow.list': page(row(1, {})),
			'session.create': { status: 201 },
		});
		const { error } = await runDidit({}, { credentials: apiKey(DIDIT) });
		expect(error).toMatchObject({
			message: "'Workflow' is empty, and your Didit application has no default workflow",
			description: 'Choose a workflow from the list, or enter its ID',
		});
		expect(recorder.of('session.create')).toEqual([]);
	});

	it("uses the Didit console's settings with a client ID and secret", async () => {
		const { bodies } = diditV1();
		expect((await runDidit({}, { credentials: clientCredentials(DIDIT) })).error).toBeUndefined();
		expect(bodies).toEqual([{}]);
	});
});

describe('when one item fails', () => {
	const reply = (body: { vendor_data?: string }) =>
		body.vendor_data === '1'
			? ([400, { vendor_data: 'This user or business has been blocked.' }] as const)
			: ([201, session(1)] as const);
	const mixed = () =>
		nock(DIDIT)
			.persist()
			.post('/v3/session/')
			.reply((_uri, body) => reply(body as { vendor_data?: string }) as [number, object]);
	const parameters = workflow({ vendorData: '={{ $json.number }}' });

	it('stops with the item that failed', async () => {
		mixed();
		const { error } = await runDidit(parameters, { credentials: apiKey(DIDIT), input: items(3) });
		expect(error).toMatchObject({
			message: 'Your User ID (Vendor Data): This user or business has been blocked.',
			httpCode: '400',
			context: { itemIndex: 1 },
		});
	});

	it('goes on with the others, and the error item says which and why', async () => {
		mixed();
		const { items: out } = await runDidit(parameters, {
			credentials: apiKey(DIDIT),
			input: items(3),
			node: { onError: 'continueRegularOutput' },
		});
		expect(out).toHaveLength(3);
		expect(out[1]).toMatchObject({
			json: {
				error: 'Your User ID (Vendor Data): This user or business has been blocked.',
				details: { item: 1, advice: expect.stringContaining('Unblock it') as string, status: 400 },
			},
			pairedItem: { item: 1 },
		});
		expect(out[2].json.session_id).toBe(session(1).session_id);
	});

	it('sends it to the error output if there is one', async () => {
		mixed();
		const { items: out, errorItems } = await runDidit(parameters, {
			credentials: apiKey(DIDIT),
			input: items(3),
			node: { onError: 'continueErrorOutput' },
		});
		expect(out.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(errorItems).toHaveLength(1);
		expect(errorItems[0]).toMatchObject({
			json: { error: expect.stringContaining('blocked') as string, details: { item: 1 } },
			pairedItem: { item: 1 },
		});
	});
});

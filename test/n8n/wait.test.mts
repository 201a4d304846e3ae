// Wait for Result: what holds an execution, what lets it go on, and what the person sees meanwhile.
import nock from 'nock';
import type { INodeExecutionData, INodeParameters, IWebhookFunctions } from 'n8n-workflow';
import approved from '../fixtures/v3_decision_approved_200.json';
import inReview from '../fixtures/v3_decision_in_review_200.json';
import notStarted from '../fixtures/v3_decision_not_started_200.json';
import approvedV1 from '../fixtures/v1_decision_approved_200.json';
import { withoutMediaLinks } from '../../nodes/Didit/decision/media.ts';
import { resumeWaiting } from '../../nodes/Didit/wait/visit.ts';
import { DIDIT, diditV1, endDidit } from '../support/didit.mts';
import { CredentialStore, apiKey, clientCredentials, runDidit } from '../support/n8n.mts';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../support/pauses.mts')>('../support/pauses.mts')
		.withShortPauses(),
);

const SESSION = approved.session_id;
/** Leads back to the execution that runs here, as Create makes it. */
const here = <T extends object>(decision: T) => ({
	...decision,
	callback: 'http://127.0.0.1:1/webhook-waiting/1/didit-result?signature=x&visit=y&from=didit',
});
const wait = (more: INodeParameters = {}): INodeParameters => ({
	operation: 'waitForResult',
	sessionId: { __rl: true, mode: 'id', value: '={{ $json.session_id }}' },
	...more,
});
const input = () => [{ json: { session_id: SESSION } }] as INodeExecutionData[];

function decisions(...bodies: unknown[]) {
	let asked = 0;
	nock(DIDIT)
		.persist()
		.get(`/v3/session/${SESSION}/decision/`)
		.reply(() => [200, bodies[Math.min(asked++, bodies.length - 1)] as object]);
	return () => asked;
}

beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

describe('the node', () => {
	it('goes on at once if the result is already there', async () => {
		decisions(approved);
		const { items, run } = await runDidit(wait(), { credentials: apiKey(DIDIT), input: input() });
		expect(run.waitTill).toBeFalsy();
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({
			json: { session_id: SESSION, status: 'Approved', verified: true, final: true },
			pairedItem: { item: 0 },
		});
	});

	it("gives Didit's raw decision at once too, with links to pictures only if the builder wants those", async () => {
		decisions(approved);
		const raw = async (options: INodeParameters) =>
			(
				await runDidit(wait({ simplify: false, options }), {
					credentials: apiKey(DIDIT),
					input: input(),
				})
			).items[0].json;
		expect(await raw({})).toEqual(withoutMediaLinks(approved));
		expect(await raw({ includeMediaLinks: true })).toEqual(approved);
	});

	it('reads the decision of version 1 too', async () => {
		diditV1();
		nock(DIDIT).get(`/v1/session/${approvedV1.session_id}/decision/`).reply(200, approvedV1);
		const { items } = await runDidit(wait(), {
			credentials: clientCredentials(DIDIT),
			input: [{ json: { session_id: approvedV1.session_id } }],
		});
		expect(items[0].json).toMatchObject({ status: 'Approved', verified: true });
	});

	it.each([
		['not started', here(notStarted)],
		['in review', here(inReview)],
	])('waits for a session that is %s, seven days by default', async (_, decision) => {
		decisions(decision);
		const { run } = await runDidit(wait(), { credentials: apiKey(DIDIT), input: input() });
		const days = ((run.waitTill?.getTime() ?? 0) - Date.now()) / 86_400_000;
		expect(days).toBeGreaterThan(6.99);
		expect(days).toBeLessThan(7.01);
	});

	it('goes on with a review if the builder wants that', async () => {
		decisions(inReview);
		const { items, run } = await runDidit(wait({ goOnWithReview: true }), {
			credentials: apiKey(DIDIT),
			input: input(),
		});
		expect(run.waitTill).toBeFalsy();
		expect(items[0].json).toMatchObject({
			status: 'In Review',
			verified: false,
			review_needed: true,
		});
	});

	it('passes on after the time limit what cannot be taken for a result, and claims nothing before', async () => {
		decisions(here(notStarted));
		const { run, outputs, items } = await runDidit(wait({ waitAmount: 1, waitUnit: 'hours' }), {
			credentials: apiKey(DIDIT),
			input: input(),
		});
		// n8n passes on the input of the waiting node when time is up.
		const waiting = run.data.executionData?.nodeExecutionStack[0].data.main[0]?.[0];
		expect(waiting?.json).toEqual({
			session_id: SESSION,
			status: 'Not Started',
			verified: false,
			final: false,
			timed_out: true,
		});
		expect(outputs('Manual')[0].json).toEqual({ session_id: SESSION });
		// A caller that n8n answers with the last node's output gets this at once.
		expect(items[0].json).toEqual({
			session_id: SESSION,
			status: 'Not Started',
			verified: false,
			final: false,
		});
	});

	it.each([503, 429])(
		'waits all the same when Didit cannot answer just now (HTTP %i)',
		async (status) => {
			nock(DIDIT)
				.persist()
				.get(/decision/)
				.reply(status, {}, { 'retry-after': '3600' });
			const { run, error } = await runDidit(
				wait({ options: { requestSettings: { maxRetries: 0, maxWait: 0 } } }),
				{
					credentials: apiKey(DIDIT),
					input: input(),
				},
			);
			expect(error).toBeUndefined();
			expect(run.waitTill).toBeTruthy();
		},
	);

	it.each([401, 404])('says what is wrong when Didit refuses (HTTP %i)', async (status) => {
		nock(DIDIT)
			.persist()
			.get(/decision/)
			.reply(status, { detail: 'made-up' });
		const { run, error } = await runDidit(wait(), { credentials: apiKey(DIDIT), input: input() });
		expect(error?.message).toBe('made-up');
		expect(run.waitTill).toBeFalsy();
	});

	it('refuses several items, and says what to do', async () => {
		const asked = decisions(approved);
		const { error } = await runDidit(wait(), {
			credentials: apiKey(DIDIT),
			input: [...input(), ...input()],
		});
		expect(error).toMatchObject({
			message: 'Wait for Result processes one item at a time',
			description: expect.stringContaining(
				"'Wait For Sub-Workflow Completion' turned off",
			) as string,
		});
		expect(asked()).toBe(0);
	});

	it('masks document numbers if the builder wants that, at once and after a visit', async () => {
		decisions(approved);
		const number = approved.id_verifications[0].document_number;
		for (const simplify of [true, false]) {
			const parameters = { simplify, options: { maskDocumentNumbers: true } };
			const { items } = await runDidit(wait(parameters), {
				credentials: apiKey(DIDIT),
				input: input(),
			});
			const { item } = await call(apiKey(DIDIT), { parameters });
			for (const { json } of [items[0], item ?? { json: {} }]) {
				expect(json).toMatchObject({ session_id: SESSION, status: 'Approved' });
				expect(JSON.stringify(json)).not.toContain(number);
			}
		}
	});

	it.each([
		[
			'an empty session',
			{ sessionId: { __rl: true, mode: 'id', value: '={{ $json.nothing }}' } },
			"'Session' is empty, and this execution created no session that resumes it",
		],
		[
			'a session that is no ID',
			{ sessionId: { __rl: true, mode: 'id', value: '../users' } },
			"'Session' is not a valid ID",
		],
		['no time', { waitAmount: 0 }, "'Max Wait Time' is not valid"],
		['endless time', { waitAmount: 4000 }, "'Max Wait Time' is not valid"],
	])('refuses %s', async (_, parameters, message) => {
		const asked = decisions(approved);
		const { error } = await runDidit(wait(parameters), {
			credentials: apiKey(DIDIT),
			input: input(),
		});
		expect(error?.message).toBe(message);
		expect(asked()).toBe(0);
	});
});

let executions = 0;

/** A call of the resume address, with only what the handler uses of n8n. */
async function call(
	credentials: CredentialStore,
	{
		accept = 'text/html',
		visits = {} as Record<string, { session: string; page: string }>,
		parameters = {} as Record<string, unknown>,
		query = {},
		execution = `execution ${++executions}`,
	} = {},
) {
	const answered: { status?: number; location?: string; body?: string; json?: unknown } = {};
	const response = {
		status: (status: number) => Object.assign(response, Object.assign(answered, { status }) && {}),
		set: () => response,
		send: (body: string) => Object.assign(answered, { body }),
		json: (json: unknown) => Object.assign(answered, { json }),
		redirect: (status: number, location: string) => Object.assign(answered, { status, location }),
	};
	const httpRequestWithAuthentication = async (_type: string, options: { url: string }) => {
		const asked = await fetch(options.url);
		return { statusCode: asked.status, headers: {}, body: await asked.json() };
	};
	const memory: Record<string, string> = { session: SESSION, visits: JSON.stringify(visits) };
	const context = {
		getNode: () => ({ name: 'Didit', credentials: { diditApi: { id: '1', name: 'Didit' } } }),
		getCredentials: async () => await Promise.resolve(credentials.stored['1']),
		getExecutionId: () => execution,
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		getHeaderData: () => ({ accept }),
		getQueryData: () => query,
		getResponseObject: () => response,
		evaluateExpression: (expression: string) =>
			memory[/\.context\["(\w+)"\]/.exec(expression)?.[1] ?? ''],
		logger: { warn: () => {} },
		helpers: { httpRequestWithAuthentication },
	};
	const result = await resumeWaiting.call(context as unknown as IWebhookFunctions);
	return { ...answered, item: result.workflowData?.[0][0], result };
}

describe('a visit to the address', () => {
	it('resumes with the decision that Didit gives', async () => {
		decisions(approved);
		const { item, body, result } = await call(apiKey(DIDIT));
		expect(item?.json).toMatchObject({ session_id: SESSION, status: 'Approved', verified: true });
		expect(result.noWebhookResponse).toBe(true);
		expect(body).toContain('Your verification is complete');
	});

	it.each([[notStarted], [inReview]])(
		'keeps waiting without a final result, whatever the address says',
		async (decision) => {
			decisions(decision);
			const { result, body } = await call(apiKey(DIDIT), {
				query: { status: 'Approved', verificationSessionId: SESSION },
			});
			expect(result).toEqual({ noWebhookResponse: true });
			expect(body).toContain('is being checked');
		},
	);

	it('goes on with a review if the builder wants that', async () => {
		decisions(inReview);
		const { item } = await call(apiKey(DIDIT), { parameters: { goOnWithReview: true } });
		expect(item?.json).toMatchObject({ status: 'In Review', verified: false });
	});

	it('keeps waiting when Didit cannot be asked, and never throws', async () => {
		nock(DIDIT).persist().get(/.*/).reply(500, {});
		const { result, status, body } = await call(apiKey(DIDIT));
		expect(result).toEqual({ noWebhookResponse: true });
		expect(status).toBe(503);
		expect(body).toContain('could not load its result yet');
	});

	const PAGE = 'https://example.com/welcome';
	const visits = { mine: { session: SESSION, page: PAGE } };

	it("sends the person to the builder's page, final or not [T76]", async () => {
		decisions(notStarted, approved);
		const execution = 'one of two visits';
		for (const later of [0, 6_000]) {
			jest.spyOn(Date, 'now').mockReturnValue(Date.now() + later);
			expect(
				await call(apiKey(DIDIT), {
					visits,
					query: { visit: 'mine', status: 'Approved' },
					execution,
				}),
			).toMatchObject({ status: 303, location: PAGE });
			jest.restoreAllMocks();
		}
	});

	const OTHER = { session: '22222222-2222-4333-8444-555555555555', page: `${PAGE}?of=another` };

	it('shows each person their own page, whoever the execution waits for [T145]', async () => {
		const asked = decisions(approved);
		const both = { ...visits, theirs: OTHER };
		const { location, result } = await call(apiKey(DIDIT), {
			visits: both,
			query: { visit: 'theirs', verificationSessionId: SESSION },
		});
		expect(location).toBe(OTHER.page);
		expect(result.workflowData).toBeUndefined();
		expect(asked()).toBe(0);
		for (const visit of [undefined, 'guessed', '', '__proto__', 'constructor', ['mine'], {}]) {
			const guess = await call(apiKey(DIDIT), {
				visits: both,
				query: { visit, verificationSessionId: SESSION },
			});
			expect(guess.location).toBeUndefined();
			expect(guess.body).toContain('Your verification is complete');
		}
	});

	it('shares one read of Didit with the visits of the next seconds, in this execution only', async () => {
		const asked = decisions(notStarted);
		const crowd = Array.from(
			{ length: 300 },
			async () => await call(apiKey(DIDIT), { execution: 'crowded' }),
		);
		for (const { body } of await Promise.all(crowd)) expect(body).toContain('is being checked');
		expect(asked()).toBe(1);
		await call(apiKey(DIDIT), { execution: 'another' });
		expect(asked()).toBe(2);
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 6_000);
		await call(apiKey(DIDIT), { execution: 'crowded' });
		jest.restoreAllMocks();
		expect(asked()).toBe(3);
	});

	it('answers a program with JSON', async () => {
		decisions(approved);
		expect(
			(
				await call(apiKey(DIDIT), {
					accept: 'application/json',
					visits,
					query: { visit: 'mine' },
				})
			).json,
		).toEqual({ result: 'done' });
	});

	it("gives Didit's raw decision if the builder wants that, with links to pictures only if they want those too", async () => {
		decisions(approved);
		expect((await call(apiKey(DIDIT), { parameters: { simplify: false } })).item?.json).toEqual(
			withoutMediaLinks(approved),
		);
		expect(
			(
				await call(apiKey(DIDIT), {
					parameters: { simplify: false, options: { includeMediaLinks: true } },
				})
			).item?.json,
		).toEqual(approved);
	});
});

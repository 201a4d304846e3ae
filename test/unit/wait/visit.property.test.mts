/** The address of a waiting execution: whoever calls it with whatever, only a result read from Didit ends the wait. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { browserAddress, executionOfCallback } from '../../../nodes/Didit/wait/address.ts';
import { resumeWaiting } from '../../../nodes/Didit/wait/visit.ts';
import { anyJson } from '../../support/arbitraries.mts';

// The transport waits a second before it asks again.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await Promise.resolve(),
}));

const SESSION = '11111111-2222-4333-8444-555555555555';
const FINAL = ['Approved', 'Declined', 'Abandoned', 'Expired', 'Kyc Expired'];
const VISIT = 'known-to-the-person-only';
const KEYS = ['status', 'session_id', 'decision', 'url', 'page', 'visit', 'final', 'verified'];
const MARK = 'zq-from-outside-qz';

interface Visit {
	method: string;
	accept: unknown;
	query: unknown;
	body: unknown;
	page: string;
	/** The query has what only the person's own link has. */
	hasLink: boolean;
	goOnWithReview: unknown;
	answer: { statusCode: number; body: unknown } | Error;
}

let executions = 0;

async function visit({ accept, query, body, page, hasLink, goOnWithReview, answer }: Visit) {
	executions++;
	const asked: string[] = [];
	const said: {
		status?: number;
		location?: string;
		headers?: Record<string, string>;
		text?: string;
	} = {};
	const response = {
		status: (status: number) => (Object.assign(said, { status }), response),
		set: (headers: object) => (Object.assign(said, { headers }), response),
		send: (text: string) => Object.assign(said, { text }),
		json: (json: unknown) => Object.assign(said, { text: JSON.stringify(json) }),
		redirect: (status: number, location: string) => Object.assign(said, { status, location }),
	};
	const memory: Record<string, string> = {
		session: SESSION,
		visits: JSON.stringify({ [VISIT]: { session: SESSION, page } }),
	};
	const context = {
		getNode: () => ({
			name: 'Didit',
			type: 'n8n-nodes-didit.didit',
			typeVersion: 1,
			credentials: {},
		}),
		getCredentials: async () =>
			await Promise.resolve({
				authentication: 'apiKey',
				apiKey: 'key-number-one',
				environment: 'production',
			}),
		getNodeParameter: (name: string, fallback: unknown) => ({ goOnWithReview })[name] ?? fallback,
		getHeaderData: () => ({ accept }),
		getQueryData: () => (hasLink ? { ...(query as object), visit: VISIT } : (query ?? {})),
		getExecutionId: () => `execution ${executions}`,
		getBodyData: () => body,
		getRequestObject: () => ({ query, body, headers: { accept } }),
		getResponseObject: () => response,
		evaluateExpression: (expression: string) =>
			memory[/context\["(\w+)"\]/.exec(expression)?.[1] ?? ''],
		logger: { warn: () => {}, error: () => {} },
		helpers: {
			httpRequestWithAuthentication: async (_: string, { url }: { url: string }) => {
				asked.push(url);
				if (answer instanceof Error) throw answer;
				return await Promise.resolve({ headers: { 'retry-after': '9999' }, ...answer });
			},
		},
	};
	const result = await resumeWaiting.call(context as unknown as IWebhookFunctions);
	return { result, said, asked };
}

const foreign = anyJson(KEYS).map((value) =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? {
				...value,
				status: 'Approved',
				page: `https://example.com/${MARK}`,
				x: `<script>${MARK}</script>`,
			}
		: value,
);
const status = fc.constantFrom<unknown>(
	...FINAL,
	'Not Started',
	'In Progress',
	'In Review',
	'Awaiting User',
	'Resubmitted',
	'approved',
	'Approved ',
	'constructor',
	null,
	true,
	['Approved'],
);
const answer = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			statusCode: fc.constant(200),
			body: fc
				.tuple(anyJson(KEYS), status)
				.map(([body, said]) =>
					typeof body === 'object' && body !== null && !Array.isArray(body)
						? { ...body, status: said }
						: body,
				),
		}) as fc.Arbitrary<Visit['answer']>,
	},
	{
		weight: 2,
		arbitrary: fc.record({
			statusCode: fc.constantFrom(201, 302, 400, 401, 403, 404, 429, 500),
			body: fc.constant({ status: 'Approved', session_id: SESSION, detail: MARK }),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.constant(Object.assign(new Error('x'), { cause: { code: 'ECONNREFUSED' } })),
	},
	{ weight: 1, arbitrary: fc.constant(new Error('something else')) },
);
const accept = fc.oneof(
	fc.constantFrom<unknown>(
		'text/html',
		'application/json',
		'*/*',
		`text/html,${MARK}`,
		'',
		undefined,
		['text/html'],
		{},
	),
	fc.string(),
);

it('no query, header or body ends a wait or chooses the page: only a result that Didit gives for the remembered session [T25]', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.record<Visit>({
				method: fc.constantFrom('GET', 'POST'),
				accept,
				query: foreign,
				body: foreign,
				page: fc.constantFrom('', 'https://shop.example/welcome'),
				hasLink: fc.boolean(),
				goOnWithReview: fc.constantFrom<unknown>(true, false, undefined, 'true'),
				answer,
			}),
			async (sent) => {
				const { result, said, asked } = await visit(sent);
				const decision = (sent.answer instanceof Error ? undefined : sent.answer.body) as
					| IDataObject
					| undefined;
				const isGood = !(sent.answer instanceof Error) && sent.answer.statusCode < 300;
				const isResult =
					isGood &&
					(FINAL.includes(decision?.status as string) ||
						(sent.goOnWithReview === true && decision?.status === 'In Review'));
				assert.equal(result.workflowData !== undefined, isResult);
				assert.equal(result.noWebhookResponse, true);
				assert.deepEqual(
					[...new Set(asked)],
					[`https://verification.didit.me/v3/session/${SESSION}/decision/`],
				);
				assert([200, 303, 503].includes(said.status!));
				if (said.location !== undefined) {
					assert.equal(said.location, 'https://shop.example/welcome');
					assert(sent.hasLink);
				}
				assert(!said.text?.includes(MARK));
				if (said.headers)
					assert(said.headers['Content-Security-Policy'].includes("default-src 'none'"));
				if (said.text?.startsWith('<')) assert(said.headers);
				if (result.workflowData)
					assert.equal(result.workflowData[0][0].json.status, decision?.status);
			},
		),
		{ numRuns: 800 },
	);
});

const own = fc.constantFrom(
	'https://n8n.example.com/webhook-waiting/12?signature=abc',
	'http://127.0.0.1:5678/base/path/webhook-waiting/7',
	'https://n8n.example.com:8443/webhook-waiting/12/?signature=a%2Fb',
);
const part = fc.oneof(
	fc.constantFrom(
		'https://n8n.example.com',
		'http://127.0.0.1:5678',
		'https://example.com',
		'/webhook-waiting/',
		'/base/path',
		'/12',
		'12',
		'/didit-result',
		'..',
		'/',
		'\\',
		'@',
		'?',
		'#',
		'%2e%2e',
		'%2F',
		'signature=abc',
		'https://',
		':8443',
		'\n',
		' ',
		'user:pw@',
	),
	fc.string({ maxLength: 3 }),
);
const inPlaceOfAnId = fc
	.tuple(own, fc.oneof(part, fc.string()))
	.map(([self, id]) => `${self.split('?')[0].replace(/[^/]+\/?$/, '')}${id}/didit-result`);
const address = fc.oneof(
	fc.array(part, { maxLength: 7 }).map((parts) => parts.join('')) as fc.Arbitrary<unknown>,
	own.map((self) => browserAddress(self, 'v')),
	inPlaceOfAnId,
	anyJson(KEYS),
);

it("no callback passes for an address of this n8n's waiting executions but such an address", () => {
	fc.assert(
		fc.property(address, own, (given, self) => {
			const execution = executionOfCallback(given, self);
			if (execution === undefined) return;
			const { pathname } = new URL(given as string);
			const base = new URL(self).pathname.split('/webhook-waiting/')[0];
			assert.equal(
				pathname.replace(/\/+/g, '/').replace(/\/$/, ''),
				`${base}/webhook-waiting/${execution}/didit-result`,
			);
		}),
		{ numRuns: 3000 },
	);
});

it('the address for Didit keeps its token, whatever Didit appends', () => {
	fc.assert(
		fc.property(
			own,
			fc.constantFrom('?', '&', ''),
			fc.dictionary(fc.string({ maxLength: 6 }), fc.string({ maxLength: 6 })),
			(self, sign, parameters) => {
				const appended = new URL(
					`${browserAddress(self, VISIT)}${sign && sign + new URLSearchParams(parameters).toString()}`,
				);
				assert.match(appended.pathname, /\/webhook-waiting\/\d+\/didit-result$/);
				assert.equal(
					appended.searchParams.get('signature'),
					new URL(self).searchParams.get('signature') ?? parameters.signature ?? null,
				);
				assert.equal(appended.searchParams.get('visit'), VISIT);
				assert.match(executionOfCallback(appended.href, self) ?? '', /^(12|7)$/);
			},
		),
		{ numRuns: 500 },
	);
});

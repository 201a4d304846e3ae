/** Decisions of any shape: a verdict or a readable error, verified for Approved only, no link to media unasked, nothing changed. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import v1 from '../../fixtures/v1_decision_approved_200.json';
import v3 from '../../fixtures/v3_decision_approved_200.json';
import { readVerdict } from '../../../nodes/Didit/decision/verdict.ts';
import { findOperation } from '../../../nodes/Didit/actions/resources.ts';
import { ItemCall } from '../../../nodes/Didit/actions/common/itemCall.ts';
import { waitOutput } from '../../../nodes/Didit/wait/outcome.ts';
import { type DiditClient } from '../../../nodes/Didit/transport/client.ts';
import { DiditError, InputError } from '../../../nodes/Didit/transport/errors.ts';
import { type Answer } from '../../../nodes/Didit/transport/types.ts';
import { anyJson, expectCleanPrototypes, frozen, spoiled } from '../../support/arbitraries.mts';
import { runOf } from '../../support/call.mts';
import { many } from '../../support/many.mts';

const ID = '11111111-2222-4333-8444-555555555555';
/** Version 2 has the blocks of version 3 as single objects under other names. */
const v2 = {
	...v3,
	id_verifications: undefined,
	id_verification: v3.id_verifications[0],
	liveness_checks: undefined,
	liveness: v3.liveness_checks[0],
	face_matches: undefined,
	face_match: v3.face_matches[0],
};
const KEYS = [
	...new Set([
		...Object.keys(v3),
		...Object.keys(v1),
		...Object.keys(v2),
		'status',
		'warnings',
		'feature',
		'hits',
		'total_hits',
		'score',
		'date_of_birth',
		'company',
	]),
];

const status = fc.constantFrom<unknown>(
	'Approved',
	'Approved',
	'Declined',
	'approved',
	'APPROVED',
	'Approved ',
	' Approved',
	'Approved\u200b',
	'Аpproved',
	'',
	' ',
	null,
	true,
	1,
	['Approved'],
	{ Approved: 'Approved' },
	'constructor',
	'__proto__',
);
const anyDecision = fc.oneof(
	anyJson(KEYS),
	spoiled(v1, KEYS),
	spoiled(v2, KEYS),
	spoiled(v3, KEYS),
);
const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const decision = fc
	.tuple(anyDecision, fc.option(status, { nil: undefined }))
	.map(([body, said]) => (said !== undefined && isObject(body) ? { ...body, status: said } : body));
const FIELDS = Object.keys(readVerdict(null));
const statusOf = (value: unknown) =>
	isObject(value) && Object.hasOwn(value, 'status') ? value.status : undefined;

it('any decision gives a whole verdict, verified for the status Approved and nothing else [T30]', () => {
	fc.assert(
		fc.property(
			decision,
			fc.option(decision, { nil: undefined }),
			fc.boolean(),
			(main, source, maskDocumentNumbers) => {
				const verdict = readVerdict(frozen(main), { source: frozen(source), maskDocumentNumbers });
				assert.deepEqual(Object.keys(verdict), FIELDS);
				// Said anew: what says anything at all must say exactly Approved.
				const said = [statusOf(main), statusOf(source)].filter(
					(status) => typeof status === 'string' && status.trim() !== '',
				);
				assert.equal(
					verdict.verified,
					said.length > 0 && said.every((status) => status === 'Approved'),
				);
				assert(!verdict.verified || verdict.final);
				const { checks, warnings, features, status_override, ...flat } = verdict;
				const values: unknown[] = [
					...Object.values(flat),
					...(features ?? []),
					...checks.flatMap((row) => Object.values(row)),
					...warnings.flatMap(({ rule, ...row }) => [
						...Object.values(row),
						...Object.values(rule ?? {}),
					]),
					...Object.values(status_override ?? {}),
				];
				assert.deepEqual(
					values.filter(
						(value) => value !== null && !['string', 'number', 'boolean'].includes(typeof value),
					),
					[],
				);
				expectCleanPrototypes();
			},
		),
		{ numRuns: many(600) },
	);
});

/** One item of an operation, to which Didit answers with this. */
class AnsweredCall extends ItemCall {
	answer: unknown;

	override async request(): Promise<Answer> {
		return await Promise.resolve({ statusCode: 200, headers: {}, body: this.answer });
	}
}

async function run(
	operation: string,
	body: unknown,
	parameters: IDataObject,
	tool: boolean,
): Promise<unknown> {
	const values: IDataObject = {
		sessionId: ID,
		shareToken: 'x',
		workflowId: ID,
		waitUnit: 'days',
		allowAgentToImportSharedSession: true,
		...parameters,
	};
	const memory = {
		didit_sessions: { [ID]: { execution: '1', visit: 'v', page: '', waited: false } },
	};
	const context = {
		getNode: () => ({
			type: tool ? 'n8n-nodes-didit.diditTool' : 'n8n-nodes-didit.didit',
			name: 'Didit',
			parameters: values,
		}),
		getNodeParameter: (name: string, _item: number, fallback?: unknown) => values[name] ?? fallback,
		getInputData: () => [{ json: {} }],
		getTimezone: () => 'UTC',
		getContext: () => memory,
		getInstanceId: () => 'n8n',
		// The session leads back to the execution, and the node finds what it remembers.
		evaluateExpression: (expression: string) =>
			expression.includes('resumeUrl') ? 'https://n8n.example/webhook-waiting/1' : ID,
		putExecutionToWait: async () => await Promise.resolve(),
	} as unknown as IExecuteFunctions;
	const found = findOperation('session', operation);
	const call = new AnsweredCall(runOf(context, found), 0, {
		authentication: 'apiKey',
		version: 'v3',
		url: 'https://verification.didit.me',
	} as DiditClient);
	call.answer = body;
	return await found.execute(call).catch((error: unknown) => error);
}

const MEDIA = 'media.didit.invalid';
/** A decision with links to media where Didit has them, and where it may have them one day. */
const withMedia = fc
	.tuple(
		decision,
		fc.array(
			fc.tuple(
				fc.constantFrom(
					'front_image',
					'portrait_image',
					'video_url',
					'extra_files',
					'document_file',
					'reference_image',
					'new_field',
				),
				fc.boolean(),
				fc.nat({ max: 5 }),
			),
			{ minLength: 1, maxLength: 4 },
		),
	)
	.map(([body, places]) => {
		const parts = places.map(([field, inList, levels]) => {
			const link = `https://${MEDIA}/x.jpg?X-Amz-Signature=abc`;
			const held = { [field]: inList ? [link, { image: link }] : link };
			return Array.from({ length: levels }).reduce<unknown>(
				(inside, _, level) => (level % 2 ? [inside] : { inside }),
				held,
			);
		});
		return isObject(body)
			? { ...body, parts, id_verifications: [...parts, body.id_verifications] }
			: body;
	});

it('what an operation gives out has no link to media unless the builder asks for it, and an agent never gets one [T51]', async () => {
	await fc.assert(
		fc.asyncProperty(
			withMedia,
			fc.constantFrom('get', 'waitForResult', 'importShared'),
			fc.boolean(),
			fc.constantFrom(undefined, false, 'true', 1, true),
			fc.boolean(),
			async (body, operation, simplify, includeMediaLinks, tool) => {
				const result = await run(
					operation,
					frozen(body),
					{ simplify, options: { includeMediaLinks } as IDataObject },
					tool,
				);
				if (result instanceof Error) {
					expect(result instanceof DiditError || result instanceof InputError).toBe(true);
					expect(result.message).toMatch(
						/^(Didit's response is not a session|AI agents can't use)/,
					);
					return;
				}
				const asked = includeMediaLinks === true && !simplify && !tool;
				if (!asked) expect(JSON.stringify(result)).not.toContain(MEDIA);
				expectCleanPrototypes();
			},
		),
		{ numRuns: many(400) },
	);
});

it('what a visit to a waiting execution gives out has none either [T52]', () => {
	fc.assert(
		fc.property(
			withMedia,
			fc.boolean(),
			fc.constantFrom<unknown>(
				undefined,
				null,
				{},
				{ includeMediaLinks: false },
				{ includeMediaLinks: 'true' },
				{ includeMediaLinks: true },
			),
			(body, simplify, options) => {
				const output = waitOutput(frozen(body), simplify, options);
				if (simplify || (options as IDataObject | null | undefined)?.includeMediaLinks !== true)
					expect(JSON.stringify(output)).not.toContain(MEDIA);
			},
		),
		{ numRuns: many(300) },
	);
});

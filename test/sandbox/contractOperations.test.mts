import * as fc from 'fast-check';
import { type Operation, operation, requestErrors, responseErrors } from '../../contract/index.mts';
import { perhapsSpoiled, record } from './arbitrary.mts';
import { create, v3, withSandbox, WORKFLOW } from './client.mts';

const sandbox = withSandbox({
	rateLimits: { create: null, get: null, write: null, data: null, pdf: null },
});

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const orNull = (arbitrary: fc.Arbitrary<unknown>) => fc.option(arbitrary, { nil: null });
const day = fc.constantFrom('1980-01-01', '2024-02-29');
const vendorStatus = fc.constantFrom('ACTIVE', 'FLAGGED', 'BLOCKED');
const retention = {
	retain_face_embeddings: orNull(fc.boolean()),
	face_retention_days: fc.integer({ min: 1, max: 3650 }),
	face_retention_deadline: fc.constantFrom('2099-01-01T00:00:00Z', '2020-01-01T00:00:00Z'),
	deletion_instruction: fc.constantFrom('operational_session_delete', 'privacy_erasure'),
	instruction_id: text,
};
const profile = {
	display_name: orNull(text),
	full_name: orNull(text),
	date_of_birth: orNull(day),
	status: vendorStatus,
	metadata: orNull(fc.dictionary(text, fc.jsonValue())),
	approved_emails: fc.array(text, { maxLength: 2 }),
	issuing_states: fc.array(fc.constantFrom('ESP', 'POL'), { maxLength: 2 }),
};
const company = {
	display_name: orNull(text),
	legal_name: orNull(text),
	registration_number: orNull(text),
	country_code: orNull(fc.constantFrom('IE', 'ES')),
	status: vendorStatus,
	metadata: orNull(fc.dictionary(text, fc.jsonValue())),
};
const nodes = fc.array(
	record(
		{
			node_id: fc.constantFrom('feature_ocr_1', 'feature_aml_1', 'feature_nfc_1'),
			feature: fc.constantFrom('OCR', 'AML', 'POA', 'KYB_REGISTRY'),
		},
		['node_id', 'feature'],
	),
	{ maxLength: 2 },
);
const wrong = fc.oneof(fc.jsonValue(), fc.constantFrom('Bogus', '2001-02-30', 'ES', -1, {}));

type Body = Record<string, unknown>;
const CALLS: Array<[id: string, body: fc.Arbitrary<Body>]> = [
	[
		'session.updateStatus',
		record(
			{
				new_status: fc.constantFrom('Approved', 'Declined', 'Resubmitted'),
				comment: text,
				nodes_to_resubmit: nodes,
				send_email: fc.boolean(),
				email_address: fc.constant('ana@example.com'),
				email_language: fc.constantFrom('de', 'tlh'),
			},
			['new_status'],
		),
	],
	[
		'session.updateData',
		record({
			document_type: fc.constantFrom('P', 'VISA', 'Passport', null),
			first_name: orNull(text),
			last_name: orNull(text),
			date_of_birth: orNull(day),
			issuing_state: fc.constantFrom('ESP', 'pol', null),
			gender: fc.constantFrom('M', 'U', null),
			extra_fields: orNull(fc.dictionary(text, fc.jsonValue())),
			parsed_address: orNull(
				record({ city: orNull(text), street_1: text, country: fc.constantFrom('ES', 'pl', null) }),
			),
		}),
	],
	['session.delete', record(retention)],
	[
		'sessions.batchDelete',
		record(
			{
				...retention,
				session_numbers: fc.array(fc.oneof(fc.nat().map(String), fc.nat()), {
					minLength: 1,
					maxLength: 3,
				}),
				delete_all: fc.boolean(),
			},
			['session_numbers'],
		),
	],
	[
		'session.reviews.create',
		record({ comment: orNull(text), new_status: fc.constantFrom('Approved', 'Kyc Expired', null) }),
	],
	[
		'session.share',
		record(
			{ for_application_id: fc.uuid(), ttl_in_seconds: fc.integer({ min: 60, max: 86_400 }) },
			['for_application_id'],
		),
	],
	[
		'session.importShared',
		record(
			{
				share_token: fc.string({ minLength: 1 }),
				trust_review: fc.boolean(),
				workflow_id: fc.constant(WORKFLOW.identity),
				vendor_data: orNull(text),
			},
			['share_token', 'trust_review', 'workflow_id'],
		),
	],
	[
		'user.create',
		record({ ...profile, vendor_data: fc.string({ minLength: 1 }) }, ['vendor_data']),
	],
	['user.update', record(profile)],
	['user.updateStatus', record({ status: vendorStatus }, ['status'])],
	[
		'user.batchDelete',
		record(
			{
				vendor_data_list: fc.array(text, { minLength: 1, maxLength: 3 }),
				didit_internal_id_list: fc.array(fc.uuid(), { minLength: 1, maxLength: 2 }),
				delete_all: fc.boolean(),
			},
			['vendor_data_list'],
		),
	],
	[
		'check.aml',
		record(
			{
				full_name: fc.constantFrom('Nora Sample', 'Nora Exposed', 'Nora Sanctioned'),
				entity_type: fc.constantFrom('person', 'company'),
				nationality: fc.constant('ES'),
				aml_score_review_threshold: fc.constant(90),
				include_ongoing_monitoring: fc.boolean(),
				vendor_data: text,
			},
			['full_name'],
		),
	],
	['business.create', record({ ...company, vendor_data: orNull(text) })],
	['business.update', record(company)],
	['business.updateStatus', record({ status: vendorStatus }, ['status'])],
	[
		'business.batchDelete',
		record(
			{
				vendor_data_list: fc.array(text, { minLength: 1, maxLength: 3 }),
				delete_all: fc.boolean(),
			},
			['vendor_data_list'],
		),
	],
];

/** A finished session, a user and a business to do it to; the address with their ids in it. */
async function addressOf({ path }: Operation): Promise<string> {
	const { session_id } = await create(sandbox(), {
		workflow_id: WORKFLOW.aml,
		vendor_data: 'x-1',
		sandbox_scenario: 'review_aml_possible_match',
	});
	sandbox().setStatus(session_id, 'In Review');
	if (path.includes('/businesses/{'))
		await v3(sandbox(), 'POST', '/v3/businesses/create/', { vendor_data: 'x-1' });
	return path.replace(/\{session_?[iI]d\}/, session_id as string).replace('{vendor_data}', 'x-1');
}

describe('any request', () => {
	it.each(CALLS)(
		'to %s is refused when the contract does not allow it, and always answered under it',
		async (id, body) => {
			const call = operation('v3', id);
			const counts = { allowed: 0, taken: 0, refused: 0 };
			await fc.assert(
				fc.asyncProperty(perhapsSpoiled(body, wrong), async (sent) => {
					sandbox().reset();
					const { status, body: answer } = await v3(
						sandbox(),
						call.method,
						await addressOf(call),
						sent,
					);
					const problems = requestErrors('v3', id, sent);
					if (problems.length > 0)
						expect({ status, sent, problems }).toMatchObject({ status: 400 });
					if (problems.length === 0) counts.allowed++;
					if (status < 300) counts.taken++;
					else counts.refused++;
					expect({ sent, status, problems: responseErrors('v3', id, status, answer) }).toEqual({
						sent,
						status,
						problems: [],
					});
				}),
				{ numRuns: 25 },
			);
			expect(counts.allowed).toBeGreaterThan(4);
			expect(counts.refused).toBeGreaterThan(1);
			// No invented token is good, so nothing can be taken over here.
			if (id !== 'session.importShared') expect(counts.taken).toBeGreaterThan(1);
		},
	);
});

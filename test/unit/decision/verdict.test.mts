/** The flat verdict, read from the example answers of the three versions and from made-up people. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import v1Approved from '../../fixtures/v1_decision_approved_200.json';
import v1InReview from '../../fixtures/v1_decision_in_review_200.json';
import v1NotStarted from '../../fixtures/v1_decision_not_started_200.json';
import created from '../../fixtures/v3_session_create_201.json';
import v2Approved from '../../fixtures/v2_decision_approved_200.json';
import v3Approved from '../../fixtures/v3_decision_approved_200.json';
import v3InReview from '../../fixtures/v3_decision_in_review_200.json';
import v3NotStarted from '../../fixtures/v3_decision_not_started_200.json';
import declinedEvent from '../../fixtures/v3_webhook_declined.json';
import expiredEvent from '../../fixtures/v3_webhook_expired.json';
import v1Event from '../../fixtures/v1_webhook_approved.json';
import { type Verdict } from '../../../nodes/Didit/decision/types.ts';
import { readVerdict } from '../../../nodes/Didit/decision/verdict.ts';
import { aPerson, asVersion1, asVersion2, asVersion3 } from '../../support/person.mts';
import { many } from '../../support/many.mts';

const EMPTY: Verdict = {
	session_id: null,
	session_number: null,
	session_kind: null,
	status: null,
	verified: false,
	final: false,
	review_needed: false,
	status_override: null,
	vendor_data: null,
	workflow_id: null,
	url: null,
	full_name: null,
	first_name: null,
	last_name: null,
	date_of_birth: null,
	age: null,
	gender: null,
	nationality: null,
	document_type: null,
	document_number: null,
	document_expires: null,
	issuing_country: null,
	address: null,
	company_name: null,
	registration_number: null,
	company_country: null,
	features: null,
	checks: [],
	aml_hits: null,
	warnings: [],
	created_at: null,
};

const SESSION = {
	session_id: '11111111-2222-4333-8444-555555555555',
	session_kind: 'user',
	vendor_data: 'user-42',
	url: 'https://verify.didit.me/session/tok3nM4d3Up0',
} as const;
const V3_SESSION = {
	...SESSION,
	session_number: 1201,
	workflow_id: 'cccccccc-0000-4000-8000-000000000003',
	features: ['ID_VERIFICATION', 'LIVENESS', 'FACE_MATCH', 'AML'],
	created_at: '2026-09-21T14:13:20.000000Z',
};
const PERSON = {
	full_name: 'Núria Exemple Ficció',
	first_name: 'Núria',
	last_name: 'Exemple Ficció',
	date_of_birth: '1990-05-17',
	gender: 'F',
	nationality: 'ESP',
	document_number: 'XX0000001',
	document_expires: '2031-03-24',
	issuing_country: 'ESP',
};
const V3_PERSON = {
	...PERSON,
	age: 36,
	document_type: 'Identity Card',
	address: 'Carrer Fictici 1, 17001 Girona, Spain',
};
const POSSIBLE_MATCH = {
	feature: 'AML',
	risk: 'POSSIBLE_MATCH_FOUND',
	text: 'Possible match found in AML screening',
	effect: 'In Review',
	rule: null,
};

const approvedCheck = (feature: string, score: number | null) => ({
	feature,
	status: 'Approved',
	score,
});
const V3_CHECKS = [
	approvedCheck('ID_VERIFICATION', null),
	approvedCheck('LIVENESS', 98),
	approvedCheck('FACE_MATCH', 97.35),
	approvedCheck('AML', 0),
];

it('reads an approved version 3 decision', () => {
	expect(readVerdict(v3Approved)).toEqual({
		...EMPTY,
		...V3_SESSION,
		...V3_PERSON,
		status: 'Approved',
		verified: true,
		final: true,
		checks: V3_CHECKS,
		aml_hits: 0,
	});
});

it('reads the same from an approved version 2 decision', () => {
	expect(readVerdict(v2Approved)).toEqual(readVerdict(v3Approved));
});

it('reads an approved version 1 decision, and works out the age on the day of the session', () => {
	expect(readVerdict(v1Approved)).toEqual({
		...EMPTY,
		...SESSION,
		...PERSON,
		session_number: 43762,
		status: 'Approved',
		verified: true,
		final: true,
		age: 34,
		document_type: 'Passport',
		features: ['ID_VERIFICATION', 'LIVENESS', 'FACE_MATCH', 'AML'],
		checks: [
			approvedCheck('ID_VERIFICATION', null),
			approvedCheck('LIVENESS', 98),
			approvedCheck('FACE_MATCH', 97.99),
			approvedCheck('AML', 0),
			approvedCheck('IP_ANALYSIS', null),
		],
		aml_hits: 0,
		created_at: '2025-01-07T08:54:25.443172Z',
	});
});

it('reads a session in review: not verified, not final, a person has to look', () => {
	const inReview = {
		status: 'In Review',
		verified: false,
		final: false,
		review_needed: true,
		aml_hits: 1,
		warnings: [POSSIBLE_MATCH],
	};
	expect(readVerdict(v3InReview)).toEqual({
		...readVerdict(v3Approved),
		...inReview,
		checks: [...V3_CHECKS.slice(0, 3), { feature: 'AML', status: 'In Review', score: 70.35 }],
	});
	expect(readVerdict(v1InReview)).toMatchObject(inReview);
	expect(readVerdict(v1InReview).checks).toContainEqual({
		feature: 'AML',
		status: 'In Review',
		score: 70.35,
	});
});

it('reads a session that nobody has opened yet', () => {
	expect(readVerdict(v3NotStarted)).toEqual({ ...EMPTY, ...V3_SESSION, status: 'Not Started' });
	expect(readVerdict(v1NotStarted)).toEqual({
		...EMPTY,
		...SESSION,
		session_number: 43762,
		status: 'Not Started',
		features: ['ID_VERIFICATION', 'LIVENESS', 'FACE_MATCH'],
		created_at: '2025-01-07T08:54:25.443172Z',
	});
});

it('reads the decision of a webhook, and a webhook or a created session without one', () => {
	expect(readVerdict(declinedEvent.decision, { source: declinedEvent })).toMatchObject({
		...V3_SESSION,
		status: 'Declined',
		verified: false,
		final: true,
	});
	expect(readVerdict(v1Event.decision, { source: v1Event })).toEqual(readVerdict(v1Event.decision));
	expect(readVerdict(null, { source: expiredEvent })).toEqual({
		...EMPTY,
		session_id: SESSION.session_id,
		session_kind: 'user',
		vendor_data: 'user-42',
		workflow_id: V3_SESSION.workflow_id,
		status: 'Expired',
		final: true,
	});
	expect(readVerdict(undefined, { source: created })).toEqual({
		...EMPTY,
		session_id: created.session_id,
		session_number: created.session_number,
		session_kind: 'user',
		vendor_data: created.vendor_data,
		workflow_id: created.workflow_id,
		url: created.url,
		status: created.status,
	});
});

it('takes the number in a webhook for no date of the session', () => {
	expect(
		readVerdict(null, { source: { ...expiredEvent, created_at: 1790000000 } }).created_at,
	).toBeNull();
});

it.each([
	['Approved', 'Declined', 'Declined'],
	['Declined', 'Approved', 'Declined'],
	['Approved', 'In Review', 'In Review'],
	['Approved', 'approved', 'approved'],
	['In Review', 'Declined', 'In Review'],
	['Approved', 'Approved', 'Approved'],
])('is verified only when decision (%s) and webhook (%s) both say so', (decided, sent, status) => {
	const verdict = readVerdict(
		{ ...v3Approved, status: decided },
		{ source: { ...declinedEvent, status: sent } },
	);
	expect(verdict.status).toBe(status);
	expect(verdict.verified).toBe(status === 'Approved');
});

describe('the same person', () => {
	it('has the same verdict in version 1, 2 and 3', () => {
		fc.assert(
			fc.property(aPerson, (person) => {
				const v3 = readVerdict(asVersion3(person));
				assert.deepEqual(readVerdict(asVersion2(person)), v3);
				const v1 = readVerdict(asVersion1(person));
				assert.deepEqual(v1, v3);
				assert.equal(v3.status, person.session.status);
				assert.equal(v3.document_number, person.document.document_number);
				assert.equal(v3.warnings.length, person.warnings.length);
				assert.equal(
					v3.checks.length,
					1 + (person.face ? 2 : 0) + (person.aml ? 1 : 0) + (person.location ? 1 : 0),
				);
			}),
			{ numRuns: many(1000) },
		);
	});

	it('never has a link to a picture, video or file in the verdict', () => {
		fc.assert(
			fc.property(
				aPerson,
				fc.constantFrom(asVersion1, asVersion2, asVersion3),
				(person, version) => {
					const decision = version(person);
					expect(JSON.stringify(decision)).toContain('media.example.invalid');
					expect(JSON.stringify(readVerdict(decision))).not.toContain('media.example.invalid');
				},
			),
		);
	});

	it('keeps the other fields when one is missing or has the wrong type', () => {
		const wrong = fc.constantFrom(null, undefined, '', ' ', 7, true, [], {}, ['x']);
		fc.assert(
			fc.property(
				aPerson,
				fc.constantFrom(
					'first_name',
					'document_number',
					'date_of_birth',
					'nationality',
					'issuing_state',
				),
				wrong,
				(person, field, value) => {
					const whole = readVerdict(asVersion3(person));
					const damaged = readVerdict(
						asVersion3({ ...person, document: { ...person.document, [field]: value } as never }),
					);
					const read = field === 'issuing_state' ? 'issuing_country' : field;
					const expected = {
						...whole,
						[read]: null,
						...(field === 'date_of_birth' ? { age: null } : {}),
					};
					expect(damaged).toEqual(expected);
				},
			),
		);
	});

	it('keeps the other checks when one block is missing or has the wrong type', () => {
		const wrong = fc.constantFrom(null, undefined, '', 7, true, [], [null], ['x'], [[]]);
		fc.assert(
			fc.property(
				aPerson,
				fc.constantFrom('aml_screenings', 'face_matches', 'liveness_checks'),
				wrong,
				(person, block, value) => {
					const feature = {
						aml_screenings: 'AML',
						face_matches: 'FACE_MATCH',
						liveness_checks: 'LIVENESS',
					}[block];
					const whole = readVerdict(asVersion3(person));
					const damaged = readVerdict({ ...asVersion3(person), [block]: value });
					expect(damaged.checks).toEqual(whole.checks.filter((check) => check.feature !== feature));
					expect(damaged.aml_hits).toBe(block === 'aml_screenings' ? null : whole.aml_hits);
				},
			),
		);
	});
});

describe('whatever arrives', () => {
	const KEYS = Object.keys(EMPTY);
	const key = fc.constantFrom(
		...[
			'session_id',
			'status',
			'created_at',
			'features',
			'warnings',
			'kyc',
			'face',
			'aml',
			'location',
			'id_verification',
			'id_verifications',
		],
		...[
			'aml_screenings',
			'poa_verifications',
			'registry_checks',
			'company',
			'session_kind',
			'total_hits',
			'hits',
			'date_of_birth',
			'score',
			'age',
		],
	);
	const statusLike = fc.constantFrom(
		'Approved',
		'approved',
		'APPROVED',
		' Approved',
		'Approved ',
		'Approved\u200b',
		'Passed',
		'Verified',
		'__proto__',
		'constructor',
		true,
		1,
		['Approved'],
		{ status: 'Approved' },
	);
	const decisionLike = fc.letrec((tie) => ({
		value: fc.oneof(
			{ depthSize: 'small' },
			statusLike,
			fc.jsonValue({ maxDepth: 1 }),
			fc.array(tie('value'), { maxLength: 3 }),
			fc.dictionary(key, tie('value'), { maxKeys: 6 }),
		),
	})).value;

	it('the reader never throws, always gives every field, and says verified only for exactly Approved', () => {
		fc.assert(
			fc.property(
				fc.oneof(decisionLike, fc.jsonValue(), fc.anything()),
				fc.oneof(fc.constant(undefined), decisionLike, fc.anything()),
				(decision, source) => {
					const verdict = readVerdict(decision, { source });
					assert.deepEqual(Object.keys(verdict), KEYS);
					assert.equal(verdict.verified, verdict.status === 'Approved');
					const statuses = [decision, source].map(
						(input) => (input as { status?: unknown } | null | undefined)?.status,
					);
					if (verdict.verified) assert(statuses.includes('Approved'));
					assert.deepEqual(JSON.parse(JSON.stringify(verdict)), verdict);
					for (const check of verdict.checks)
						assert.deepEqual(Object.keys(check), ['feature', 'status', 'score']);
					for (const warning of verdict.warnings)
						assert.deepEqual(Object.keys(warning), ['feature', 'risk', 'text', 'effect', 'rule']);
				},
			),
			{ numRuns: many(4000) },
		);
	});

	it.each([
		'approved',
		'APPROVED',
		' Approved',
		'Approved ',
		'Approve',
		'Approved\n',
		'Passed',
		'',
		null,
		true,
		['Approved'],
		{ toString: () => 'Approved' },
	])('the status %j does not verify anybody', (status) => {
		expect(readVerdict({ ...v3Approved, status })).toMatchObject({ verified: false, final: false });
	});

	it('an approved document does not make an approved session [T31]', () => {
		expect(readVerdict({ ...v3Approved, status: undefined })).toMatchObject({
			status: null,
			verified: false,
			final: false,
			review_needed: false,
		});
	});

	it('nothing reads as nothing', () => {
		for (const nothing of [undefined, null, '', 'Approved', 1, [], [v3Approved], {}])
			expect(readVerdict(nothing)).toEqual(EMPTY);
	});
});

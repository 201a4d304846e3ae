/** The finer points of a decision: several nodes of one feature, businesses, warnings, old and odd shapes. */
import v3Contract from '../../../contract/didit-v3.json';
import v1Approved from '../../fixtures/v1_decision_approved_200.json';
import v3Approved from '../../fixtures/v3_decision_approved_200.json';
import { readVerdict } from '../../../nodes/Didit/decision/verdict.ts';
import { FEATURES } from '../../../nodes/Didit/decision/features.ts';

const document = (status: string, number: string, more: object = {}) => ({
	status,
	document_number: number,
	first_name: `Name ${number}`,
	...more,
});
const withDocuments = (...documents: unknown[]) =>
	readVerdict({ ...v3Approved, id_verifications: documents });

describe('with several documents', () => {
	it.each([
		[
			'the approved one',
			[document('Declined', 'A'), document('Approved', 'B'), document('Approved', 'C')],
			'B',
		],
		[
			'the one in review, when none is approved',
			[document('Declined', 'A'), document('In Review', 'B')],
			'B',
		],
		[
			'the first, when all failed',
			[document('Declined', 'A'), document('Resub Requested', 'B')],
			'A',
		],
		['the first object, when others are no objects', [null, 'x', document('Declined', 'A')], 'A'],
	])('%s counts', (_name, documents, number) => {
		expect(withDocuments(...documents)).toMatchObject({
			document_number: number,
			first_name: `Name ${number}`,
		});
	});

	it('the fields of one are never filled in from another', () => {
		const verdict = withDocuments(
			document('Approved', 'A', { nationality: null }),
			document('Approved', 'B', { nationality: 'POL', address: 'Elsewhere 2' }),
		);
		expect(verdict).toMatchObject({ document_number: 'A', nationality: null, address: null });
	});

	it('every one is listed among the checks', () => {
		expect(
			withDocuments(document('Declined', 'A'), document('Approved', 'B')).checks.slice(0, 2),
		).toEqual([
			{ feature: 'ID_VERIFICATION', status: 'Declined', score: null },
			{ feature: 'ID_VERIFICATION', status: 'Approved', score: null },
		]);
	});
});

describe('AML hits', () => {
	const hits = (...screenings: unknown[]) => readVerdict({ aml_screenings: screenings }).aml_hits;

	it.each([
		[
			'are added up over all screenings',
			[
				{ status: 'In Review', total_hits: 2 },
				{ status: 'In Review', total_hits: 3 },
			],
			5,
		],
		[
			'are counted where the total is missing',
			[{ status: 'In Review', total_hits: null, hits: [{}, {}] }],
			2,
		],
		['are 0 when a screening found nothing', [{ status: 'Approved', total_hits: 0, hits: [] }], 0],
		[
			'are unknown while a screening is not finished',
			[{ status: 'Not Finished', total_hits: 0, hits: [] }],
			null,
		],
		[
			'are unknown while one of two is not finished',
			[
				{ status: 'Approved', total_hits: 0 },
				{ status: 'Not Finished', total_hits: 0 },
			],
			null,
		],
		[
			'are at least those of the finished one',
			[{ status: 'In Review', total_hits: 4 }, { status: 'Not Finished' }],
			4,
		],
		['are unknown without a number', [{ status: 'Approved' }], null],
		['are unknown when the number is none', [{ status: 'Approved', total_hits: 'none' }], null],
		['are unknown without a screening', [], null],
	])('%s', (_name, screenings, expected) => {
		expect(hits(...screenings)).toBe(expected);
	});
});

describe('warnings', () => {
	const entry = (
		feature: string | null,
		risk: string | null,
		short: string | null,
		long: string | null = null,
	) => ({
		feature,
		risk,
		additional_data: { document_number: 'XX0000001' },
		log_type: 'warning',
		short_description: short,
		long_description: long,
	});
	const review = { effect: 'In Review', rule: null };

	it('name the feature as the checks do', () => {
		const verdict = readVerdict({
			face_matches: [
				{ status: 'In Review', warnings: [entry('FACEMATCH', 'LOW_SIMILARITY', 'Low similarity')] },
			],
			poa_verifications: [
				{
					status: 'Declined',
					warnings: [entry('PROOF_OF_ADDRESS', 'NAME_MISMATCH', null, 'Names differ.')],
				},
			],
			email_verifications: [{ status: 'Approved', warnings: [entry('EMAIL', 'BREACHED', '')] }],
			ip_analyses: [
				{
					status: 'Approved',
					warnings: [
						entry('LOCATION', 'VPN', 'VPN used'),
						entry(null, 'TOR', null),
						entry('BRAND_NEW', null, 'New'),
					],
				},
			],
		});
		expect(verdict.warnings).toEqual([
			{ feature: 'FACE_MATCH', risk: 'LOW_SIMILARITY', text: 'Low similarity', ...review },
			{ feature: 'POA', risk: 'NAME_MISMATCH', text: 'Names differ.', ...review },
			{ feature: 'EMAIL_VERIFICATION', risk: 'BREACHED', text: null, ...review },
			{ feature: 'IP_ANALYSIS', risk: 'VPN', text: 'VPN used', ...review },
			{ feature: 'IP_ANALYSIS', risk: 'TOR', text: null, ...review },
			{ feature: 'BRAND_NEW', risk: null, text: 'New', ...review },
		]);
		const features = verdict.checks.map(({ feature }) => feature);
		expect(features).toEqual(['FACE_MATCH', 'POA', 'EMAIL_VERIFICATION', 'IP_ANALYSIS']);
	});

	it('say what they did to the result, those that decided first', () => {
		const verdict = readVerdict({
			id_verifications: [
				{
					status: 'Declined',
					warnings: [
						{ ...entry('ID_VERIFICATION', 'NOTE', 'Only a remark'), log_type: 'information' },
						{ ...entry('ID_VERIFICATION', 'UNKNOWN_EFFECT', 'New'), log_type: 'brand-new' },
						entry('ID_VERIFICATION', 'BLURRED', 'To look at'),
						{ ...entry('ID_VERIFICATION', 'EXPIRED', 'Decided'), log_type: 'error' },
					],
				},
			],
		});
		expect(verdict.warnings.map(({ risk, effect }) => [risk, effect])).toEqual([
			['EXPIRED', 'Declined'],
			['BLURRED', 'In Review'],
			['UNKNOWN_EFFECT', null],
			['NOTE', 'None'],
		]);
	});

	const ofRule = (additional_data: unknown) => ({
		id_verifications: [
			{
				status: 'Declined',
				warnings: [
					{
						...entry('ID_VERIFICATION', 'CUSTOM_STATUS_RULE_TRIGGERED', 'A rule was triggered'),
						log_type: 'error',
						additional_data,
					},
				],
			},
		],
	});

	it('of a custom rule say which field, which rule and which value', () => {
		const rule = {
			field: 'kyc.date_of_birth',
			operator: 'greater_than',
			rule_value: '2008-01-01',
			actual_value: '2010-05-04',
		};
		const read = (data: unknown) => readVerdict(ofRule(data)).warnings[0].rule;
		expect(read({ ...rule, target_status: 'Declined', score: 1 })).toEqual(rule);
		expect(read({ ...rule, rule_value: ['ESP', 'PRT'], actual_value: 17 })).toEqual({
			...rule,
			rule_value: 'ESP, PRT',
			actual_value: '17',
		});
		expect(read({ ...rule, actual_value: 'https://media.example.invalid/a.jpg' })).toEqual({
			...rule,
			actual_value: null,
		});
		expect(read({ ...rule, rule_value: [], actual_value: [null, true, false] })).toEqual({
			...rule,
			rule_value: null,
			actual_value: 'true, false',
		});
		expect(read({ ...rule, actual_value: 'see HTTP://media.example.invalid/a.jpg' })).toMatchObject(
			{
				actual_value: null,
			},
		);
		expect(read(null)).toBeNull();
	});

	it('of no custom rule have none, whatever stands beside them', () => {
		const [warning] = ofRule({ field: 'age' }).id_verifications[0].warnings;
		const read = readVerdict({ warnings: [{ ...warning, risk: 'OTHER' }] });
		expect(read.warnings[0].rule).toBeNull();
	});

	it.each(['constructor', 'toString', '__proto__'])(
		'of the kind %s have no known effect',
		(log_type) => {
			const warnings = [{ ...entry('AML', 'R', 'T'), log_type }];
			expect(readVerdict({ warnings }).warnings[0].effect).toBeNull();
		},
	);

	it('of a custom rule about a document number show its end only, where numbers are masked', () => {
		const decision = ofRule({
			field: 'kyc.document_number',
			operator: 'equals',
			rule_value: ['XX0000009', 'XX0000001'],
			actual_value: 'XX0000001',
		});
		const [whole] = readVerdict(decision).warnings;
		expect(whole.rule).toMatchObject({ rule_value: 'XX0000009, XX0000001' });
		const [shown] = readVerdict(decision, { maskDocumentNumbers: true }).warnings;
		expect(shown.rule?.actual_value).toBe('*****0001');
		expect(JSON.stringify(shown)).not.toMatch(/XX0000/);
	});

	it('of a custom rule about anything else are not masked', () => {
		const read = (field: unknown, rule_value: unknown) =>
			readVerdict(ofRule({ field, operator: 'equals', rule_value, actual_value: '12345678' }), {
				maskDocumentNumbers: true,
			}).warnings[0].rule;
		expect(read('kyc.score', null)).toMatchObject({ rule_value: null, actual_value: '12345678' });
		expect(read(undefined, 'a')).toMatchObject({ field: null, actual_value: '12345678' });
		expect(read('kyc.document_number', null)).toMatchObject({
			rule_value: null,
			actual_value: '****5678',
		});
	});

	it('leave out what says nothing, and the additional data', () => {
		const verdict = readVerdict({
			aml: { status: 'Approved', warnings: [entry('AML', null, null), 'x', null] },
			warnings: [entry(null, 'R', 'T')],
		});
		expect(verdict.warnings).toEqual([{ feature: null, risk: 'R', text: 'T', ...review }]);
	});
});

describe('the age', () => {
	const age = (document: object, created_at: unknown = '2026-05-16T23:59:59Z') =>
		readVerdict({ created_at, id_verifications: [document] }).age;

	it.each([
		['is what Didit says', { age: 36, date_of_birth: '1950-01-01' }, undefined, 36],
		['is worked out the day before the birthday', { date_of_birth: '1990-05-17' }, undefined, 35],
		['is worked out on the birthday', { date_of_birth: '1990-05-16' }, undefined, 36],
		[
			'of somebody born on 29 February',
			{ date_of_birth: '2004-02-29' },
			'2022-02-28T12:00:00Z',
			17,
		],
		['of a newborn', { date_of_birth: '2026-05-16' }, undefined, 0],
		['is unknown for a birth after the session', { date_of_birth: '2027-01-01' }, undefined, null],
		[
			'is unknown without the day of the session',
			{ date_of_birth: '1990-05-17' },
			1790000000,
			null,
		],
		['is unknown for a date in another order', { date_of_birth: '17/05/1990' }, undefined, null],
		['is unknown for a day that does not exist', { date_of_birth: '1990-02-30' }, undefined, null],
		[
			'is unknown for a month that does not exist',
			{ date_of_birth: '1990-13-01' },
			undefined,
			null,
		],
		['is unknown for a date in other text', { date_of_birth: 'on 1990-05-17' }, undefined, null],
		[
			'is unknown for a date with more behind it',
			{ date_of_birth: '1990-05-172' },
			undefined,
			null,
		],
		['is 0 when Didit says so', { age: 0 }, undefined, 0],
		['is unknown for a year only', { date_of_birth: '1990' }, undefined, null],
		['is unknown when Didit sends no number', { age: '36' }, undefined, null],
		['is unknown when the number is impossible', { age: -1 }, undefined, null],
	])('%s', (_name, document, created, expected) => {
		expect(age(document, created)).toBe(expected);
	});
});

describe('the address', () => {
	const proof = (status: string) => ({
		status,
		poa_formatted_address: 'Proof Street 1',
		poa_address: 'Proof 1',
	});

	it('is the document’s, else that of an approved proof of address, else unknown', () => {
		const read = (document: object, ...proofs: object[]) =>
			readVerdict({ id_verifications: [document], poa_verifications: proofs }).address;
		expect(read({ formatted_address: 'F 1', address: 'A 1' }, proof('Approved'))).toBe('F 1');
		expect(read({ formatted_address: '', address: 'A 1' })).toBe('A 1');
		expect(
			read({}, proof('Declined'), { ...proof('Approved'), poa_formatted_address: 'Second 2' }),
		).toBe('Second 2');
		expect(read({}, { status: 'Approved', poa_address: 'Proof 1' })).toBe('Proof 1');
		expect(read({}, proof('Declined'))).toBeNull();
		expect(read({}, proof('In Review'))).toBeNull();
	});
});

describe('version 1', () => {
	const kyc = (more: object, features: string | null = 'OCR + NFC') =>
		readVerdict({ ...v1Approved, features, kyc: { ...v1Approved.kyc, ...more } }).checks.filter(
			({ feature }) => feature === 'NFC',
		);

	it.each([
		['not asked for and not read', {}, 'OCR + FACE', []],
		['not read where the settings of the console decided', {}, null, []],
		['asked for, said to be approved, but not read', {}, 'OCR + NFC', [null]],
		['asked for and read', { is_nfc_verified: true }, 'OCR + NFC', ['Approved']],
		['asked for and declined', { epassport_status: 'Declined' }, 'OCR + NFC + FACE', ['Declined']],
		[
			'read although the settings of the console decided',
			{ is_nfc_verified: true },
			null,
			['Approved'],
		],
	])('counts the chip of a passport that was %s', (_name, more, features, statuses) => {
		expect(kyc(more, features)).toEqual(
			statuses.map((status) => ({ feature: 'NFC', status, score: null })),
		);
	});

	it('shows a declined face also where only the overall status is given', () => {
		const checks = readVerdict({ face: { status: 'Declined', face_match_similarity: 12 } }).checks;
		expect(checks).toEqual([
			{ feature: 'LIVENESS', status: 'Declined', score: null },
			{ feature: 'FACE_MATCH', status: 'Declined', score: 12 },
		]);
		expect(
			readVerdict({ face: { status: 'Approved', liveness_status: 'Declined' } }).checks.map(
				({ status }) => status,
			),
		).toEqual(['Declined', null]);
		expect(
			readVerdict({ face: { status: 'Declined', face_match_status: 'Approved' } }).checks.map(
				({ status }) => status,
			),
		).toEqual([null, 'Approved']);
	});

	it.each([
		['OCR', ['ID_VERIFICATION']],
		['OCR + NFC + FACE + AML', ['ID_VERIFICATION', 'NFC', 'LIVENESS', 'FACE_MATCH', 'AML']],
		['OCR+AML', ['ID_VERIFICATION', 'AML']],
		['OCR + OCR', ['ID_VERIFICATION']],
		['', null],
		[null, null],
		['constructor', ['constructor']],
	])('names the features of "%s" as version 3 does', (features, expected) => {
		expect(readVerdict({ features }).features).toEqual(expected);
	});
});

it('reads the features of an answer with events', () => {
	const features = [
		{ feature: 'ID_VERIFICATION', node_id: 'a' },
		{ feature: 'EMAIL', node_id: 'b' },
		{ feature: 'ID_VERIFICATION', node_id: 'c' },
		{},
		null,
		7,
	];
	expect(
		readVerdict({ ...v3Approved, session_kind: undefined, features, events: [] }),
	).toMatchObject({
		features: ['ID_VERIFICATION', 'EMAIL_VERIFICATION'],
		session_kind: 'user',
		verified: true,
	});
});

it('lists a check for every feature that a version 3 decision can have', () => {
	const listOf = Object.fromEntries(FEATURES.map(({ feature, v3 }) => [feature, v3]));
	// These two have no list of their own.
	Object.assign(listOf, { AGE_ESTIMATION: 'liveness_checks', FACE_SEARCH: 'liveness_checks' });
	for (const feature of v3Contract.$defs.DecisionFeature.enum) {
		const block = { status: 'Declined', node_id: `feature_${feature.toLowerCase()}_1` };
		expect(readVerdict({ [listOf[feature]]: [block] }).checks).toEqual([
			{ feature, status: 'Declined', score: null },
		]);
	}
});

it('takes only a liveness check for one of the features without a list', () => {
	const block = { status: 'Approved', node_id: 'feature_age_estimation_1' };
	expect(readVerdict({ id_verifications: [block] }).checks).toMatchObject([
		{ feature: 'ID_VERIFICATION' },
	]);
});

it('reads every list of steps that the contract has', () => {
	const { DecisionUser, DecisionBusiness } = v3Contract.$defs;
	const lists = [DecisionUser, DecisionBusiness].flatMap(({ properties }) =>
		Object.entries(properties)
			.filter(([, schema]) => 'items' in schema && 'type' in schema && Array.isArray(schema.type))
			.map(([name]) => name)
			.filter((name) => name !== 'reviews'),
	);
	expect(lists.length).toBeGreaterThan(14);
	for (const name of lists)
		expect(readVerdict({ [name]: [{ status: 'Approved' }] }).checks).toHaveLength(1);
});

describe('a business session', () => {
	const company = {
		company_name: 'Exemple Ficció SL',
		registration_number: 'B00000000',
		country_code: 'ES',
		registered_address: 'Carrer Fictici 9, Girona',
		website: 'https://example.invalid',
	};
	const decision = {
		session_id: '77777777-2222-4333-8444-555555555555',
		session_kind: 'business',
		status: 'Approved',
		features: ['KYB_REGISTRY', 'AML', 'KYB_KEY_PEOPLE'],
		vendor_data: 'company-7',
		registry_checks: [{ status: 'Approved', node_id: 'r', company, warnings: [] }],
		document_verifications: null,
		key_people_checks: [
			{
				status: 'In Review',
				submitted: { parties: [{ first_name: 'Núria', date_of_birth: '1990-05-17' }] },
				warnings: [
					{
						feature: 'KYB_KEY_PEOPLE',
						risk: 'MISSING_UBO',
						short_description: 'An owner is missing',
					},
				],
			},
		],
		aml_screenings: [{ status: 'Approved', entity_type: 'company', total_hits: 1, score: 12 }],
		created_at: '2026-09-21T14:13:20.000000Z',
	};

	it('has the company in place of a person', () => {
		expect(readVerdict(decision)).toMatchObject({
			session_kind: 'business',
			verified: true,
			full_name: null,
			first_name: null,
			date_of_birth: null,
			document_number: null,
			company_name: 'Exemple Ficció SL',
			registration_number: 'B00000000',
			company_country: 'ES',
			address: 'Carrer Fictici 9, Girona',
			aml_hits: 1,
			checks: [
				{ feature: 'AML', status: 'Approved', score: 12 },
				{ feature: 'KYB_REGISTRY', status: 'Approved', score: null },
				{ feature: 'KYB_KEY_PEOPLE', status: 'In Review', score: null },
			],
			warnings: [
				{
					feature: 'KYB_KEY_PEOPLE',
					risk: 'MISSING_UBO',
					text: 'An owner is missing',
					effect: null,
					rule: null,
				},
			],
		});
	});

	it('does not guess which of several companies is the applicant', () => {
		const owner = { ...company, company_name: 'Owner SA', registration_number: 'B11111111' };
		const verdict = readVerdict({
			...decision,
			registry_checks: [
				{ status: 'Declined', company },
				{ status: 'Approved', company: owner },
			],
		});
		expect(verdict).toMatchObject({
			company_name: null,
			registration_number: null,
			company_country: 'ES',
			address: 'Carrer Fictici 9, Girona',
		});
	});

	it('is told from a person’s by its kind, its ids or its checks', () => {
		expect(readVerdict({ ...decision, session_kind: undefined }).session_kind).toBe('business');
		expect(
			readVerdict({ session_id: 'x' }, { source: { business_session_id: 'y' } }).session_kind,
		).toBe('business');
		expect(readVerdict({ session_kind: 'business' }).session_kind).toBe('business');
		expect(readVerdict({}, { source: { session_kind: 'business' } }).session_kind).toBe('business');
		expect(readVerdict({ session_kind: 'user', registry_checks: [{}] }).session_kind).toBe('user');
		expect(
			readVerdict({ session_kind: 'user' }, { source: { session_kind: 'business' } }).session_kind,
		).toBe('user');
		expect(readVerdict({ session_id: 'x', session_kind: 'robot' }).session_kind).toBe('user');
		for (const checks of ['registry_checks', 'document_verifications', 'key_people_checks'])
			expect(readVerdict({ session_id: 'x', [checks]: [{}] }).session_kind).toBe('business');
		expect(readVerdict({ session_id: 'x', aml_screenings: [{}] }).session_kind).toBe('user');
		expect(
			readVerdict({ session_id: 'x' }, { source: { vendor_business_id: 'y' } }).session_kind,
		).toBe('business');
		expect(readVerdict({ status: 'Approved' }).session_kind).toBeNull();
	});
});

it('a status that a person changed says so, with the one that Didit had found', () => {
	const override = { automatic_status: 'Declined', overridden_at: '2026-09-21T14:13:20Z' };
	const read = (value: unknown) =>
		readVerdict({ status: 'Approved', status_override: value }).status_override;
	expect(read({ ...override, more: 1 })).toEqual(override);
	expect(read({ ...override, overridden_at: null })).toEqual({ ...override, overridden_at: null });
	for (const nothing of [undefined, null, {}, [], 'Declined', { automatic_status: 7 }])
		expect(read(nothing)).toBeNull();
});

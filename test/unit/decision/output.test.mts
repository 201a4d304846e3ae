// What outputs leave out: links to pictures, what resumes an execution, and document numbers on request.
import approved from '../../fixtures/v3_decision_approved_200.json';
import approvedV1 from '../../fixtures/v1_decision_approved_200.json';
import approvedV2 from '../../fixtures/v2_decision_approved_200.json';
import { readCheck } from '../../../nodes/Didit/decision/checkResult.ts';
import { withMaskedNumbers } from '../../../nodes/Didit/decision/mask.ts';
import { mediaLinksIn, withoutMediaLinks } from '../../../nodes/Didit/decision/media.ts';
import { decisionOutput, rawResponse } from '../../../nodes/Didit/decision/output.ts';
import { withoutResumeLinks } from '../../../nodes/Didit/decision/resumeLinks.ts';
import { readVerdict } from '../../../nodes/Didit/decision/verdict.ts';

it.each([
	['version 1', approvedV1],
	['version 2', approvedV2],
	['version 3', approved],
])(
	'leaves no link to a picture in a decision of %s, and everything else as it was',
	(_, decision) => {
		const links = mediaLinksIn(decision);
		expect(links.length).toBeGreaterThan(2);
		const text = JSON.stringify(withoutMediaLinks(decision));
		expect(text).not.toContain('media.example.invalid');
		expect(text).toContain(decision.session_url);
		let expected = JSON.stringify(decision);
		for (const link of new Set(links)) expected = expected.split(JSON.stringify(link)).join('null');
		expect(text).toBe(expected);
	},
);

it.each([
	[
		'a link that carries its own permission, whatever the field is called',
		{ evidence: 'https://files.example.com/a?X-Amz-Signature=1' },
		{ evidence: null },
	],
	[
		'files in lists',
		{ extra_files: ['https://files.example.com/a.jpg', null] },
		{ extra_files: [null, null] },
	],
	[
		'files inside matches',
		{ matches: [{ front_image_url: 'https://files.example.com/a.jpg', status: 'Approved' }] },
		{ matches: [{ front_image_url: null, status: 'Approved' }] },
	],
	...[
		'portrait_image',
		'front_video',
		'portrait',
		'selfie',
		'photo',
		'signature',
		'document_file',
		'extra_files',
		'file_url',
	].map((field): [string, object, object] => [
		`a link in the field ${field}`,
		{ [field]: 'http://files.example.com/a.jpg' },
		{ [field]: null },
	]),
	...['X-Goog-Signature=1', 'a=1&Signature=1', 'sv=1&sig=1', 'x-amz-signature=1'].map(
		(query): [string, object, object] => [
			`a link with ${query}`,
			{ evidence: `HTTPS://files.example.com/a?${query}` },
			{ evidence: null },
		],
	),
	[
		'an image itself, with its type',
		{ portrait_image: 'data:image/png;base64,AAAA' },
		{ portrait_image: null },
	],
	['an image itself', { portrait_image: 'AZaz09+/=\n'.repeat(20) }, { portrait_image: null }],
])('takes out %s', (_, value, wanted) => expect(withoutMediaLinks(value)).toEqual(wanted));

it.each([
	['the link for the person', { session_url: 'https://verify.didit.me/session/abc' }],
	[
		'sources of a screening',
		{
			hits: [
				{
					url: 'https://news.example.com/article?id=7',
					adverse_media_matches: [{ source: 'https://news.example.com' }],
				},
			],
		},
	],
	['the callback', { callback: 'https://example.com/done?state=1' }],
	['a word in a field of pictures', { image_type: 'see data: 1', selfie: 'A'.repeat(199) }],
	['words about a picture', { photo_text: `${'x'.repeat(150)}, ${'y'.repeat(150)}` }],
	['long text in a field of another name', { evidence: 'A'.repeat(400) }],
	['text with a link inside', { portrait_text: 'see https://files.example.com/a.jpg' }],
	['a link with a word that ends like a permission', { url: 'https://example.com/a?design=1' }],
	['a link with a signature in its path', { url: 'https://example.com/X-Amz-1/a?b=1' }],
	['scores of pictures', { front_image_quality_score: { focus: 97 }, portrait_image: null }],
])('keeps %s', (_, value) => {
	expect(withoutMediaLinks(value)).toEqual(value);
	expect(mediaLinksIn(value)).toEqual([]);
});

it('masks a number wherever it stands', () => {
	const masked = withMaskedNumbers({
		id_verifications: [
			{
				document_number: 'XX0000001',
				personal_number: '00000000T',
				mrz: { line: 'IDESPXX0000001<<<00000000T' },
				first_name: 'Nora',
			},
		],
		aml_screenings: [{ screened_data: { document_number: 'XX0000001' } }],
		session_number: 1201,
		warnings: ['Number XX0000001 seen before'],
	});
	expect(masked).toEqual({
		id_verifications: [
			{
				document_number: '*****0001',
				personal_number: '*****000T',
				mrz: { line: 'IDESP*****0001<<<*****000T' },
				first_name: 'Nora',
			},
		],
		aml_screenings: [{ screened_data: { document_number: '*****0001' } }],
		session_number: 1201,
		warnings: ['Number *****0001 seen before'],
	});
});

it('does not hide parts of other words for a number that is too short to tell', () => {
	expect(withMaskedNumbers({ document_number: '12', address: '12 Example Street' })).toEqual({
		document_number: '**',
		address: '12 Example Street',
	});
});

it.each([
	'document',
	'personal',
	'identification',
	'national_id',
	'id',
	'passport',
	'license',
	'licence',
	'tax',
	'social_security',
])('masks the %s number, and no other number', (name) => {
	const numbers = { [`${name}_number`]: 'AB345678', [`${name}_numbers`]: 'CD345678' };
	expect(withMaskedNumbers(numbers)).toEqual({ ...numbers, [`${name}_number`]: '****5678' });
});

it('masks what is left of a longer number that begins with a shorter one', () => {
	const masked = withMaskedNumbers({
		document_number: '12345',
		personal_number: '1234567890',
		tax_number: '      ',
		id_number: '1990',
		text: '1234567890 and 12345, born in 1990      in Example',
	});
	expect(masked.text).toBe('******7890 and *****, born in 1990      in Example');
});

it('gives nothing in place of what is nested deeper than n8n can store', () => {
	const nested = (levels: number) => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));
	const kept = nested(501);
	expect(withoutMediaLinks(kept)).toEqual(kept);
	expect(JSON.stringify(withoutMediaLinks(nested(5_000)))).toMatch(/^(\{"a":){501}null\}+$/);
});

describe('what resumes an execution', () => {
	const read = (value: unknown) => withoutResumeLinks({ status: 'Approved', value });

	it.each([
		'https://n8n.example/webhook-waiting/1/didit-result',
		'https://n8n.example/webhook-waiting/1/DIDIT-RESULT?signature=a',
		'https://example.com/?next=https%3A%2F%2Fn8n.example%2Fdidit-result',
		'https://example.com/?next=https%3a%2f%2fn8n.example%2fdidit-result#a',
		'n8n-ticket-abc',
		'back to n8n-ticket-abc',
	])('is in no output: %s', (value) => {
		expect(read(value)).toEqual({ status: 'Approved', value: null });
		expect(read([{ callback: value }])).toEqual({
			status: 'Approved',
			value: [{ callback: null }],
		});
	});

	it('goes with its entry in the metadata, whatever it holds, and other metadata stays', () => {
		expect(read({ metadata: { n8n_resume_url: { a: 1 }, plan: 'pro' } })).toEqual({
			status: 'Approved',
			value: { metadata: { plan: 'pro' } },
		});
	});

	it.each([
		'https://example.com/didit-results',
		'https://example.com/didit-result-2',
		'https://example.com/my-didit-result',
		'my n8n ticket',
		7,
		null,
		true,
	])('is not %s', (value) => expect(read(value)).toEqual({ status: 'Approved', value }));
});

describe('a raw response', () => {
	const session = {
		status: 'Approved',
		callback: 'https://n8n.example/webhook-waiting/1/didit-result',
		portrait_image: 'https://files.example.com/a.jpg',
		document_number: 'XX0000001',
	};
	const all = { mediaLinks: true, maskedNumbers: false };

	it('is as Didit sent it, without what resumes an execution', () => {
		expect(rawResponse(session, all)).toEqual({ ...session, callback: null });
	});

	it('has media only when asked for, and masked numbers when asked for', () => {
		expect(rawResponse(session, { ...all, mediaLinks: false })).toEqual({
			...session,
			callback: null,
			portrait_image: null,
		});
		expect(rawResponse(session, { ...all, maskedNumbers: true })).toEqual({
			...session,
			callback: null,
			document_number: '*****0001',
		});
	});

	it('comes in place of the verdict when the builder does not simplify', () => {
		expect(decisionOutput(approved, false, all)).toEqual(approved);
		expect(decisionOutput(approved, true, all)).toEqual(readVerdict(approved));
		expect(decisionOutput(approved, true, { ...all, maskedNumbers: true }).document_number).toBe(
			'*****0001',
		);
	});
});

describe('a check without a session', () => {
	const entry = {
		risk: 'CUSTOM_STATUS_RULE_TRIGGERED',
		log_type: 'error',
		short_description: 'Declined',
		additional_data: { field: 'document_number', operator: 'equals', actual_value: 'XX0000001' },
	};
	const answer = {
		request_id: 'r-1',
		vendor_data: 'user-42',
		created_at: '2026-09-21T14:13:20Z',
		aml: { status: 'Approved' },
	};

	it('has the status of the response, else of the check, and what was found', () => {
		const read = (more: object, block: object) =>
			readCheck({ ...answer, ...more }, { ...block }, { total_hits: 0 }, false);
		expect(read({}, { status: 'Approved' })).toEqual({
			request_id: 'r-1',
			status: 'Approved',
			verified: true,
			total_hits: 0,
			warnings: [],
			vendor_data: 'user-42',
			created_at: '2026-09-21T14:13:20Z',
		});
		expect(read({ status: 'Declined' }, { status: 'Approved' })).toMatchObject({
			status: 'Declined',
			verified: false,
		});
	});

	it('has the warnings of the check, with masked numbers when asked for', () => {
		const numberIn = (masked: boolean) => {
			const read = readCheck(answer, { status: 'Declined', warnings: [entry] }, {}, masked);
			return (read.warnings as Array<{ rule: { actual_value: string } }>)[0].rule.actual_value;
		};
		expect([numberIn(false), numberIn(true)]).toEqual(['XX0000001', '*****0001']);
	});
});

// What raw outputs leave out: links to pictures, and document numbers on request.
import approved from '../../../fixtures/v3_decision_approved_200.json';
import approvedV1 from '../../../fixtures/v1_decision_approved_200.json';
import approvedV2 from '../../../fixtures/v2_decision_approved_200.json';
import {
	mediaLinksIn,
	withMaskedNumbers,
	withoutMediaLinks,
} from '../../../../nodes/Didit/actions/common/privacy.ts';

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
	['scores of pictures', { front_image_quality_score: { focus: 97 }, portrait_image: null }],
])('keeps %s', (_, value) => expect(withoutMediaLinks(value)).toEqual(value));

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

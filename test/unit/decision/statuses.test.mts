/** What each status means, and the masking of document numbers. */
import contract from '../../../contract/didit-v3.json';
import v3Approved from '../../fixtures/v3_decision_approved_200.json';
import { maskDocumentNumber } from '../../../nodes/Didit/decision/mask.ts';
import {
	isFinal,
	isSessionStatus,
	isVerified,
	SESSION_STATUSES,
	STATUSES,
} from '../../../nodes/Didit/decision/statuses.ts';
import { readVerdict } from '../../../nodes/Didit/decision/verdict.ts';

it('knows the ten statuses of Didit', () => {
	expect([...SESSION_STATUSES].sort()).toEqual([...contract.$defs.SessionStatus.enum].sort());
});

it.each([
	['Not Started', false, false, false],
	['In Progress', false, false, false],
	['Awaiting User', false, false, false],
	['In Review', false, false, true],
	['Approved', true, true, false],
	['Declined', false, true, false],
	['Resubmitted', false, false, false],
	['Abandoned', false, true, false],
	['Expired', false, true, false],
	['Kyc Expired', false, true, false],
])(
	'%s: verified %s, final %s, a reviewer is needed %s',
	(status, verified, final, reviewNeeded) => {
		expect(readVerdict({ status })).toMatchObject({
			status,
			verified,
			final,
			review_needed: reviewNeeded,
		});
		expect([isSessionStatus(status), isVerified(status), isFinal(status)]).toEqual([
			true,
			verified,
			final,
		]);
		expect(Object.keys(STATUSES)).toContain(status);
	},
);

it.each(['constructor', '__proto__', 'toString', 'Under Review', 'expired', null, undefined, 5])(
	'takes %s for no known status and waits on',
	(status) => {
		expect([isSessionStatus(status), isVerified(status), isFinal(status)]).toEqual([
			false,
			false,
			false,
		]);
		expect(readVerdict({ status })).toMatchObject({
			verified: false,
			final: false,
			review_needed: false,
		});
	},
);

it.each([
	['XX0000001', '*****0001'],
	['12345678', '****5678'],
	['1234567', '****567'],
	['123456', '***456'],
	['12345', '*****'],
	['1', '*'],
	['', ''],
	['ÅÄÖ🙂5678', '****5678'],
])('masks the document number %s as %s', (number, masked) => {
	expect(maskDocumentNumber(number)).toBe(masked);
});

it('masks the document number of a verdict when asked to, and nothing else', () => {
	const plain = readVerdict(v3Approved);
	expect(plain.document_number).toBe('XX0000001');
	expect(readVerdict(v3Approved, { maskDocumentNumbers: true })).toEqual({
		...plain,
		document_number: '*****0001',
	});
	expect(readVerdict({}, { maskDocumentNumbers: true }).document_number).toBeNull();
});

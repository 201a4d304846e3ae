// Every shape of error that Didit sends becomes Didit's own words and one sentence on what to do.
import errors from '../../fixtures/errors.json';
import { labelsOf } from '../../../nodes/Didit/actions/common/fieldSpecs.ts';
import { create } from '../../../nodes/Didit/actions/session/create.ts';
import { refused, unanswered, wordsOf } from '../../../nodes/Didit/transport/errors.ts';
import type { Authentication, DiditRequest } from '../../../nodes/Didit/transport/types.ts';

/** The fields of Session: Create, as its panel names them. */
const LABELS = labelsOf(create.fields);

const v1: DiditRequest = { method: 'POST', path: '/v1/session/' };
const v3: DiditRequest = { method: 'POST', path: '/v3/session/' };
const get: DiditRequest = { method: 'GET', path: '/v3/session/abc/decision/' };
const pdf: DiditRequest = {
	method: 'GET',
	path: '/v3/session/x/generate-pdf/',
	encoding: 'arraybuffer',
};

/** Lists in each other. */
const nested = (levels: number) =>
	JSON.parse(`${'['.repeat(levels)}"No."${']'.repeat(levels)}`) as unknown;

it.each<[string, unknown, string]>([
	['detail as text', { detail: 'Not found.' }, 'Not found.'],
	['detail as a list', { detail: ['First.', 'Second.'] }, 'First. Second.'],
	['message', errors.v1_error_generic_message.body, 'made-up validation text'],
	['error', { error: 'invalid_client' }, 'invalid_client'],
	[
		'error_description before error',
		{ error: 'invalid_client', error_description: 'Unknown client.' },
		'Unknown client.',
	],
	['an error that holds a message', { error: { message: 'Too large.' } }, 'Too large.'],
	['a field map of lists', errors.v3_400_field_array.body, 'Workflow: This field is required.'],
	['a field map of texts', errors.v3_400_field_string.body, 'Workflow: Invalid workflow_id.'],
	[
		'several fields',
		{ callback: ['Enter a valid URL.'], vendor_data: 'Too long.' },
		'Page Afterwards: Enter a valid URL. Your User ID (Vendor Data): Too long.',
	],
	[
		'nested fields',
		{ contact_details: { email: ['Enter a valid email.'] } },
		'Contact Details: Email: Enter a valid email.',
	],
	['a field that has no label', { something_new: ['No.'] }, 'something_new: No.'],
	[
		'a bare list',
		errors.v3_400_bare_array.body,
		'The new status is the same as the current status.',
	],
	['an HTML page', errors.v3_404_html.body, ''],
	['JSON that is cut off', '{"detail":"Authentication cred', ''],
	['bytes that hold JSON that is cut off', Buffer.from('["The new sta'), ''],
	['plain text', 'Bad gateway', 'Bad gateway'],
	['nothing', '', ''],
	['null', null, ''],
	['numbers', { code: 7 }, ''],
	['bytes that hold JSON', Buffer.from('{"detail": "Not found."}'), 'Not found.'],
	['bytes that hold a page', Buffer.from('<html>'), ''],
])('reads %s', (_, body, words) => expect(wordsOf(body, undefined, LABELS)).toBe(words));

it('shortens words that would fill the screen', () => {
	expect(wordsOf({ detail: 'x'.repeat(5000) })).toBe(`${'x'.repeat(400)}…`);
	expect(wordsOf({ detail: 'x'.repeat(400) })).toBe('x'.repeat(400));
});

it.each<[string, unknown, string]>([
	['each line once', ['Same.', 'Same.', ' Other. '], 'Same. Other.'],
	['the first of several texts that says anything', { detail: ' ', message: 'Words.' }, 'Words.'],
	['fields only where no text says anything', { detail: '', email: 'Wrong.' }, 'email: Wrong.'],
	['no field beside a text', { message: 'Words.', email: 'Wrong.' }, 'Words.'],
	['twenty levels inside a list', nested(21), 'No.'],
	['no more levels', nested(22), ''],
	['bytes of plain text', Buffer.from('Bad gateway'), 'Bad gateway'],
	['a page behind spaces', ' \n<html>', ''],
	['text with a page inside', 'not <html>', 'not <html>'],
	['bytes up to a hundred kilobytes', Buffer.from('x'.padEnd(100_000)), 'x'],
	['no larger bytes', Buffer.from('x'.padEnd(100_001)), ''],
	['a field of a name that every object has', { constructor: ['No.'] }, 'constructor: No.'],
])('reads %s', (_, body, words) => expect(wordsOf(body)).toBe(words));

it('takes secrets out before it shortens', () => {
	const redact = (text: string) => text.replaceAll('secret', '*');
	expect(wordsOf({ detail: 'secret'.repeat(500) }, redact)).toBe(`${'*'.repeat(400)}…`);
	expect(wordsOf(Buffer.from('{"detail":"a secret"}'), redact)).toBe('a *');
});

it('stops reading when it has more than enough', () => {
	let read = 0;
	const lines = Array.from({ length: 1000 }, () =>
		Object.defineProperty({}, 'detail', {
			enumerable: true,
			get: () => `${++read}`.padEnd(100, 'x'),
		}),
	);
	wordsOf(lines);
	expect(read).toBeLessThan(500);
});

it('names fields by the labels of the request', () => {
	const request = { ...v3, labels: () => ({ email: 'Email' }) };
	const answer = { statusCode: 400, headers: {}, body: { email: ['No.'] } };
	expect(refused(answer, request, 'apiKey')).toMatchObject({ message: 'Email: No.', status: 400 });
});

it.each<[string, { status: number; body: unknown }, DiditRequest, Authentication, string]>([
	['no credit', errors.v3_400_no_credits, v3, 'apiKey', 'Add credit'],
	['no credit (403)', errors.v3_403_standalone_credits, v3, 'apiKey', 'Add credit'],
	[
		'a blocked user',
		{
			status: 400,
			body: {
				vendor_data:
					'This user or business has been blocked and cannot create new verification sessions.',
			},
		},
		v3,
		'apiKey',
		'Unblock it',
	],
	[
		'an unknown workflow',
		errors.v3_400_field_string,
		v3,
		'apiKey',
		"Choose a published workflow from the list in 'Workflow'",
	],
	['a bad key', errors.v3_401_bad_key, v3, 'apiKey', 'Check the API key'],
	['a bad key (403)', errors.v3_403_no_permission, v3, 'apiKey', 'Check the API key'],
	['a refused client', { status: 403, body: {} }, v1, 'clientCredentials', 'even with a new token'],
	[
		'sessions of version 1 retired',
		{ status: 404, body: '<html>' },
		v1,
		'clientCredentials',
		"'Authentication' of the credential to 'API Key' and choose a 'Workflow'",
	],
	['sessions of version 1 gone', { status: 410, body: {} }, v1, 'clientCredentials', "'API Key'"],
	['an unknown ID', errors.v3_404_html, get, 'apiKey', 'Check the ID, then the key'],
	[
		'an unknown session, for which the key can be the reason',
		errors.v3_404_json,
		get,
		'apiKey',
		'wrong API key',
	],
	[
		'an unknown user',
		errors.v3_404_json,
		{ method: 'GET', path: '/v3/users/user-42/' },
		'apiKey',
		'does not know this ID',
	],
	[
		'an unknown session of version 1',
		errors.v3_404_json,
		{ method: 'GET', path: '/v1/session/x/decision/' },
		'clientCredentials',
		'does not know this ID',
	],
	[
		'a PDF too early',
		{ status: 403, body: Buffer.from(JSON.stringify(errors.v3_403_pdf_wrong_state.body)) },
		pdf,
		'apiKey',
		'Wait for the result',
	],
	['a PDF with a bad key', errors.v3_403_no_permission, pdf, 'apiKey', 'Check the API key'],
	[
		'a status that it has already',
		errors.v3_400_bare_array,
		{ method: 'PATCH', path: '/v3/session/x/update-status/' },
		'apiKey',
		'nothing was changed',
	],
	[
		'a decision too early',
		errors.v3_400_wrong_state,
		{ method: 'PATCH', path: '/v3/session/x/update-status/' },
		'apiKey',
		'not done yet',
	],
	[
		'a share token used before',
		{ status: 403, body: { detail: 'Already imported.' } },
		{ method: 'POST', path: '/v3/session/import-shared/' },
		'apiKey',
		'works once',
	],
	['a rate limit', errors.v3_429_create, v3, 'apiKey', "raise 'Max Wait'"],
	[
		'a server error',
		{ status: 500, body: '<html>' },
		v3,
		'apiKey',
		'may or may not have created the session',
	],
	[
		'a server error on reading',
		{ status: 503, body: '' },
		get,
		'apiKey',
		'Try again in a few minutes',
	],
	['a redirect', { status: 302, body: '' }, get, 'apiKey', "'Verification URL'"],
	[
		'anything else',
		errors.v1_error_generic_message,
		v1,
		'clientCredentials',
		'Check the values of this item',
	],
])('says what to do about %s', (_, { status, body }, request, authentication, advice) => {
	const error = refused({ statusCode: status, headers: {}, body }, request, authentication);
	expect(error.advice).toContain(advice);
	expect(error.advice).toContain(`(HTTP ${status})`);
	expect(error.message).toBe(wordsOf(body) || `Didit answered with HTTP ${status}`);
});

const aml: DiditRequest = { method: 'POST', path: '/v3/aml/', charged: true };
const update: DiditRequest = { method: 'PATCH', path: '/v3/session/x/update-status/' };

it.each<[number, unknown, DiditRequest, Authentication, string]>([
	[499, 'Please TOP UP', aml, 'apiKey', 'Add credit'],
	[402, 'insufficient balance', aml, 'apiKey', 'Add credit'],
	[402, 'one credit left', aml, 'apiKey', 'Add credit'],
	[400, 'accreditation', aml, 'apiKey', 'Check the values of this item'],
	[500, 'no credits', aml, 'apiKey', 'may have been charged'],
	[500, '', { ...aml, repeatable: true }, 'apiKey', 'Try again in a few minutes'],
	[500, '', { ...aml, charged: false }, 'apiKey', 'Try again in a few minutes'],
	[500, '', { ...v3, repeatable: true }, 'apiKey', 'Try again in a few minutes'],
	[500, '', { ...v3, method: 'GET' }, 'apiKey', 'Try again in a few minutes'],
	[500, '', { ...v3, path: '/v3/session/x/' }, 'apiKey', 'Try again in a few minutes'],
	[500, '', v1, 'clientCredentials', 'may or may not have created'],
	[400, 'unblocked', aml, 'apiKey', 'Check the values of this item'],
	[404, '', { ...v1, method: 'GET' }, 'clientCredentials', 'does not know this ID'],
	[400, '', v1, 'clientCredentials', 'Check the values of this item'],
	[404, 'No such WORKFLOW', v3, 'apiKey', 'Choose a published workflow'],
	[409, 'No such workflow', v3, 'apiKey', 'Check the values of this item'],
	[400, 'Another text', v3, 'apiKey', 'Check the values of this item'],
	[400, 'A workflow', aml, 'apiKey', 'Check the values of this item'],
	[404, 'No PDF yet', pdf, 'apiKey', 'A PDF exists once'],
	[403, 'This user has no sessions to report.', pdf, 'apiKey', 'A PDF exists once'],
	[400, 'No PDF yet', aml, 'apiKey', 'Check the values of this item'],
	[400, 'nopdf', pdf, 'apiKey', 'Check the values of this item'],
	[400, 'SAME as the current status', update, 'apiKey', 'nothing was changed'],
	[400, 'Cannot be updated. Current status: x', update, 'apiKey', 'Check the values of this item'],
	[400, 'It can be updated. Current status: x', update, 'apiKey', 'not done yet'],
	[400, '', { ...v3, path: '/v3/session/import-shared/' }, 'apiKey', 'Check the values'],
	[403, '', v3, 'apiKey', 'If it is a limited key'],
	[401, '', v3, 'apiKey', 'copy it again'],
	[401, '', v1, 'clientCredentials', 'even with a new token'],
	[403, '', v1, 'clientCredentials', 'even with a new token'],
	[404, '', get, 'clientCredentials', 'does not know this ID'],
	[404, '', { ...get, path: '/v3/session/x' }, 'apiKey', 'does not know this ID'],
	[404, '', { ...get, path: '/x/v3/session/x/' }, 'apiKey', 'does not know this ID'],
	[404, '', { ...get, path: '/v3/session//' }, 'apiKey', 'does not know this ID'],
	[429, '', { ...aml, path: '/v3/phone/send/' }, 'apiKey', 'four codes an hour'],
	[429, '', { ...aml, path: '/v3/email/send/' }, 'apiKey', 'four codes an hour'],
	[429, '', { ...aml, path: '/v3/phone/send/x/' }, 'apiKey', "raise 'Max Wait'"],
	[400, '', { ...aml, path: '/v3/phone/send/' }, 'apiKey', 'Check the values of this item'],
	[300, '', aml, 'apiKey', 'which is not followed'],
	[399, '', aml, 'apiKey', 'which is not followed'],
	[299, '', aml, 'apiKey', 'Check the values of this item'],
	[400, '', aml, 'apiKey', 'Check the values of this item'],
])('HTTP %i with the words %j: what to do about %j', (...row) => {
	const [status, body, request, authentication, advice] = row;
	const error = refused({ statusCode: status, headers: {}, body }, request, authentication);
	expect(error.advice).toContain(advice);
});

it('says after a lost connection whether it is known that nothing happened', () => {
	const url = 'https://somebody:secret@verification.didit.me/base';
	expect(unanswered('unanswered', v3, url).advice).toContain('not known');
	expect(unanswered('unanswered', { ...v3, repeatable: true }, url).advice).toContain('try again');
	expect(unanswered('unanswered', get, url)).toMatchObject({
		message: 'No answer from Didit at https://verification.didit.me',
		advice: expect.stringContaining('try again') as string,
	});
	expect(unanswered('unreached', v3, url)).toMatchObject({
		message: 'n8n could not reach Didit at https://verification.didit.me',
		advice: expect.stringContaining('Nothing was sent') as string,
	});
});

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
const get: DiditRequest = { method: 'GET', path: '/v3/session/x/decision/' };
const pdf: DiditRequest = {
	method: 'GET',
	path: '/v3/session/x/generate-pdf/',
	encoding: 'arraybuffer',
};

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
	expect(wordsOf({ detail: 'x'.repeat(5000) })).toHaveLength(401);
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

it('says after a lost connection whether it is known that nothing happened', () => {
	const url = 'https://somebody:secret@verification.didit.me/base';
	expect(unanswered('unanswered', v3, url).advice).toContain('not known');
	expect(unanswered('unanswered', { ...v3, repeatable: true }, url).advice).toContain('try again');
	expect(unanswered('unanswered', get, url).message).toBe(
		'No answer from Didit at https://verification.didit.me',
	);
	expect(unanswered('unreached', v3, url)).toMatchObject({
		message: 'n8n could not reach Didit at https://verification.didit.me',
		advice: expect.stringContaining('Nothing was sent') as string,
	});
});

// What to do about a refusal by Didit.
import type { Authentication, DiditRequest } from './types';

interface Refusal {
	status: number;
	words: string;
	authentication: Authentication;
	request: DiditRequest;
}

const isCreate = ({ request }: Refusal) =>
	request.method === 'POST' && /^\/v[13]\/session\/$/.test(request.path);

/** Didit charges for what these do, and may have done it although it says otherwise. */
const isCheck = ({ request }: Refusal) => request.charged === true && !request.repeatable;

/** The first row that fits holds. */
const ADVICE: Array<{ when: (refusal: Refusal) => boolean; say: string }> = [
	{
		when: ({ status, words }) =>
			status < 500 && /\bcredits?\b|top up|insufficient balance/i.test(words),
		say: 'Add credit to your account in the Didit console, then run the workflow again',
	},
	{
		when: ({ words }) => /\bblocked\b/i.test(words),
		say: 'Didit blocks this user or business. Unblock it in the Didit console, or leave it out',
	},
	{
		when: (refusal) =>
			isCreate(refusal) &&
			/^\/v1\//.test(refusal.request.path) &&
			[404, 410].includes(refusal.status),
		say: "Didit no longer offers sessions by feature combination. Set 'Authentication' of the credential to 'API Key' and choose a 'Workflow'",
	},
	{
		when: ({ status, request, words }) =>
			[400, 404].includes(status) && request.path === '/v3/session/' && /workflow/i.test(words),
		say: "Choose a published workflow from the list in 'Workflow'",
	},
	{
		// A 403 that has nothing to do with the credential.
		when: ({ request, words }) =>
			request.path.endsWith('/generate-pdf/') && /\bpdf\b|\bno sessions\b/i.test(words),
		say: 'A PDF exists once a session is Approved, Declined, In Review or Kyc Expired. Wait for the result, for example with the Didit Trigger',
	},
	{
		when: ({ words }) => /same as the current status/i.test(words),
		say: 'The session has this status already, and nothing was changed',
	},
	{
		when: ({ words }) => /can be updated\. current status/i.test(words),
		say: 'The person is not done yet. Decide when the session has a result',
	},
	{
		when: ({ status, request }) => status === 403 && request.path === '/v3/session/import-shared/',
		say: 'A share token works once for each application. If it was not used before, check the API key in the credential and what it has access to',
	},
	{
		when: ({ status, authentication }) => status === 401 && authentication === 'apiKey',
		say: 'Check the API key in the credential: copy it again from the Didit console, under API Keys',
	},
	{
		when: ({ status, authentication }) => status === 403 && authentication === 'apiKey',
		say: 'Check the API key in the credential. If it is a limited key, give it access to this in the Didit console, under API Keys',
	},
	{
		when: ({ status }) => status === 401 || status === 403,
		say: 'Didit refused this even with a new token. Check the client ID and secret in the credential, and what the application may do in the Didit console',
	},
	{
		// Didit looks for the ID before it looks at the key.
		when: ({ status, request, authentication }) =>
			status === 404 && authentication === 'apiKey' && /^\/v3\/session\/[^/]+\//.test(request.path),
		say: 'Didit has no session with this ID: it may have been deleted. It says the same for a wrong API key, or one that may not see the session. Check the ID, then the key in the credential',
	},
	{
		when: ({ status }) => status === 404,
		say: 'Didit does not know this ID or address. Check the ID, and that the credential belongs to the same application',
	},
	{
		when: ({ status, request }) => status === 429 && /\/(phone|email)\/send\/$/.test(request.path),
		say: 'Didit sends four codes an hour to one recipient at most. Ask the person to wait, or send fewer codes at a time',
	},
	{
		when: ({ status }) => status === 429,
		say: "Didit limits how many requests it takes per minute. Run fewer items at a time, or raise 'Max Wait' where Options has it",
	},
	{
		when: (refusal) => refusal.status >= 500 && isCreate(refusal) && !refusal.request.repeatable,
		say: 'Didit could not answer, and may or may not have created the session. Look in the Didit console before you run this item again',
	},
	{
		when: (refusal) => refusal.status >= 500 && isCheck(refusal),
		say: 'The check failed at Didit, and may have been charged. Look in the Didit console before you run this item again',
	},
	{
		when: ({ status }) => status >= 500,
		say: 'Didit is not available at the moment. Try again in a few minutes',
	},
	{
		when: ({ status }) => status >= 300 && status < 400,
		say: "Didit redirected the request elsewhere, which is not followed. Check 'Verification URL' in the credential",
	},
];

export const adviceFor = (refusal: Refusal): string =>
	ADVICE.find(({ when }) => when(refusal))?.say ?? 'Check the values of this item';

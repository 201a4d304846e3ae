// Turns Didit's refusals into text that says what happened, in Didit's own words, and what to do next.
// No secret and nothing of what was sent may appear in it.
import type { Answer, Authentication, DiditRequest } from './types';

/** A request that did not succeed. `message` says what happened, `advice` what to do, `status` is Didit's HTTP status, if it answered. */
export class DiditError extends Error {
	override name = 'DiditError';

	constructor(
		message: string,
		readonly advice: string,
		readonly status?: number,
		/** What n8n reported, for the transport itself. It never reaches an error that is shown. */
		readonly cause?: unknown,
	) {
		super(message);
	}
}

/** A value that is refused before anything is sent. `message` names the field as the screen shows it. */
export class InputError extends Error {
	override name = 'InputError';

	constructor(
		message: string,
		readonly advice = '',
	) {
		super(message);
	}
}

const MAX_WORDS = 400;

/** Enough to fill the message, however short its secrets become. */
const LONGEST_READ = 100 * MAX_WORDS;

/** Keys under which Didit puts plain text instead of field errors, the most telling first. */
const TEXT_KEYS = ['detail', 'error_description', 'message', 'error', 'non_field_errors'];

/** Bytes. What is larger is no error message, and can take seconds to parse. */
const LARGEST_ERROR = 100_000;

/** What is deeper is not meant for people. */
const MAX_DEPTH = 20;

type Labels = Record<string, string>;

const labelOf = (field: string, labels: Labels) =>
	Object.keys(labels).includes(field) ? labels[field] : field;

/** Lazy: stops as soon as the caller has enough text. */
function* lines(value: unknown, labels: Labels, depth = 0): Generator<string> {
	if (typeof value === 'string' && value.trim() !== '') yield value.trim();
	if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return;
	if (Array.isArray(value)) {
		for (const inner of value) yield* lines(inner, labels, depth + 1);
		return;
	}
	const map = value as Record<string, unknown>;
	for (const name of TEXT_KEYS) {
		let found = false;
		for (const line of lines(map[name], labels, depth + 1)) {
			found = true;
			yield line;
		}
		if (found) return;
	}
	for (const [field, inner] of Object.entries(map)) {
		if (TEXT_KEYS.includes(field)) continue;
		for (const line of lines(inner, labels, depth + 1)) yield `${labelOf(field, labels)}: ${line}`;
	}
}

/** The body of a refused download comes as bytes. */
function textOrJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/**
 * Didit's own words from any of the error bodies it sends: `detail` (text or list), `message`, `error`,
 * `error_description`, field maps of texts or lists, bare lists. Empty for an HTML page, half of a JSON text, a large file or an unknown shape.
 * @param redact takes secrets out, before the words are cut: half a secret would not be found
 * @param labels what the screen calls Didit's fields
 */
export function wordsOf(
	body: unknown,
	redact = (text: string) => text,
	labels: Labels = {},
): string {
	if (Buffer.isBuffer(body))
		return body.length > LARGEST_ERROR ? '' : wordsOf(textOrJson(body.toString()), redact, labels);
	// A page, or JSON that was cut off: n8n has parsed what was whole.
	if (typeof body === 'string' && /^[<{[]/.test(body.trimStart())) return '';
	const found = new Set<string>();
	let length = 0;
	for (const line of lines(body, labels)) {
		found.add(redact(line));
		length += line.length;
		if (length > LONGEST_READ) break;
	}
	const words = [...found].join(' ');
	return words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words;
}

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

/** What to do about a refusal: the first row that fits. */
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
		when: ({ request, words }) => request.path.endsWith('/generate-pdf/') && /\bpdf\b/i.test(words),
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

/**
 * The error for an answer that is not a success.
 * @param redact takes secrets out of a text
 */
export function refused(
	answer: Answer,
	request: DiditRequest,
	authentication: Authentication,
	redact?: (text: string) => string,
): DiditError {
	const status = answer.statusCode;
	const words = wordsOf(answer.body, redact, request.labels?.());
	const refusal = { status, words, request, authentication };
	const advice = ADVICE.find(({ when }) => when(refusal))?.say ?? 'Check the values of this item';
	return new DiditError(
		words || `Didit answered with HTTP ${status}`,
		`${advice} (HTTP ${status})`,
		status,
	);
}

/**
 * The error for a request that got no answer.
 * @param why `unreached`: nothing was sent. `unanswered`: the connection was lost or took too long
 * @param url the address of the API; of it only the origin is shown
 */
export function unanswered(
	why: 'unreached' | 'unanswered',
	request: DiditRequest,
	url: string,
): DiditError {
	const { origin } = new URL(url);
	if (why === 'unreached') {
		return new DiditError(
			`n8n could not reach Didit at ${origin}`,
			'Nothing was sent. Check that n8n may connect to it, and try again',
		);
	}
	return new DiditError(
		`No answer from Didit at ${origin}`,
		request.method === 'GET' || request.repeatable
			? 'Check that n8n may connect to it, and try again in a few minutes'
			: 'It is not known whether Didit did what was asked. Look in the Didit console before you run this item again',
	);
}

// Turns Didit's refusals into text that says what happened, in Didit's own words, and what to do next.
// No secret and nothing of what was sent may appear in it.
import { adviceFor } from './advice';
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
	return new DiditError(
		words || `Didit answered with HTTP ${status}`,
		`${adviceFor({ status, words, request, authentication })} (HTTP ${status})`,
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

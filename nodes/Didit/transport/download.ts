// Gets files by the links in Didit's answers. The links carry their own permission, so the credential is never sent along.
import type { IExecuteFunctions } from 'n8n-workflow';
import { DiditError } from './errors';
import { isIpAddress, isPublicHost } from './publicHost';
import { diditRequest } from './request';
import type { RequestQueue } from './requestQueue';
import type { Answer, RequestLimits } from './types';

/** Bytes. An image has a few of these millions, a video some dozens. */
const LARGEST_FILE = 100 * 1024 * 1024;

/** Milliseconds for a whole file, which can be a video. */
const LONGEST_DOWNLOAD = 180_000;

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * A link that may be followed: never less protected than the API that it came from, and never into a private network.
 * @param apiUrl the address of the API, which is plain HTTP for a local sandbox only
 * @throws DiditError for anything else
 */
export function checkedLink(link: string, apiUrl: string): URL {
	const api = new URL(apiUrl);
	let url: URL | undefined;
	try {
		url = new URL(link);
	} catch {
		// Not a link at all.
	}
	const host = url?.hostname ?? '';
	const near =
		url !== undefined &&
		(url.hostname === api.hostname || (LOOPBACK.test(url.hostname) && LOOPBACK.test(api.hostname)));
	const safe = url?.protocol === 'https:' && isPublicHost(host) && !isIpAddress(host);
	const local = url?.protocol === 'http:' && api.protocol === 'http:' && near;
	if (url && (safe || local) && url.username === '' && url.password === '') return url;
	throw new DiditError("The download link from Didit isn't safe to open", '');
}

/** Undefined if there are too many: leaving the loop closes the connection. */
async function bytesOf(body: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > LARGEST_FILE) return undefined;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/** @throws DiditError if the file is too large */
async function get(
	context: IExecuteFunctions,
	url: URL,
	timeout: number,
): Promise<Answer | 'unanswered'> {
	const limit = AbortSignal.timeout(Math.max(timeout, LONGEST_DOWNLOAD));
	const cancelled = context.getExecutionCancelSignal();
	let answer: Answer;
	let body: Buffer | undefined;
	try {
		answer = (await context.helpers.httpRequest({
			method: 'GET',
			url: url.href,
			encoding: 'stream',
			timeout,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal: cancelled ? AbortSignal.any([limit, cancelled]) : limit,
		})) as Answer;
		body = await bytesOf(answer.body as AsyncIterable<Buffer>);
	} catch {
		return 'unanswered';
	}
	if (!body) throw new DiditError('The file is larger than 100 MB', '');
	return { ...answer, body };
}

/**
 * One file, repeated like any safe request.
 * @param link from an answer of Didit
 * @param apiUrl the address of the API that gave the answer
 * @throws DiditError if the link may not be followed, or does not give a file. What the host says is not repeated in it.
 */
export async function downloadFile(
	context: IExecuteFunctions,
	queue: RequestQueue,
	link: string,
	apiUrl: string,
	limits: RequestLimits,
): Promise<Answer & { body: Buffer }> {
	const url = checkedLink(link, apiUrl);
	const sender = {
		url: url.origin,
		authentication: 'apiKey' as const,
		// Words of a storage say nothing to a builder.
		redact: () => '',
		send: async (_: unknown, timeout: number) => await get(context, url, timeout),
	};
	return (await diditRequest(
		sender,
		queue,
		{ method: 'GET', path: url.pathname, encoding: 'arraybuffer' },
		limits,
	)) as Answer & { body: Buffer };
}

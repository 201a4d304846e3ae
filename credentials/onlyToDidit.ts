// Makes sure that a request with a token or key goes to Didit's host and to no other, however its address is written.
import type { IHttpRequestOptions } from 'n8n-workflow';

/**
 * No redirect is followed: it can lead to another port of Didit's host, to plain HTTP, or in early releases of n8n 2 to any
 * host, and the key would go along. The names are those of n8n's new and old request helper.
 */
const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
};

/**
 * The whole address. `new URL` alone reads `https:evil.example` beside a base as a path, where an HTTP client can read it as a
 * host; so what begins like an absolute address has to be one, and anything else becomes a path below the base.
 */
function wholeAddress(address: string, base: string): URL | undefined {
	const isAbsolute = /^\s*([a-z][a-z0-9+.-]*:|[\\/]{2})/i.test(address);
	if (isAbsolute && !/^https?:\/\//i.test(address)) return undefined;
	const whole = isAbsolute ? address : `${base}${/^\//.test(address) ? '' : '/'}${address}`;
	try {
		return new URL(whole);
	} catch {
		return undefined;
	}
}

/**
 * @param request of n8n's new or old request helper; the old one calls the address `uri`
 * @param verificationUrl without a trailing slash
 * @returns the request with the very address that was checked
 * @throws Error for any other host
 */
export function onlyToDidit(
	request: IHttpRequestOptions & { uri?: string },
	verificationUrl: string,
): IHttpRequestOptions {
	const { uri, baseURL = '', url, ...rest } = request;
	const { origin, hostname } = new URL(verificationUrl);
	const base = baseURL.endsWith('/') ? baseURL.slice(0, -1) : baseURL || verificationUrl;
	const target = wholeAddress(url || uri || '', base);
	if (target?.origin !== origin || target.username !== '' || target.password !== '') {
		throw new Error(
			`The Didit credential is only sent to ${origin}. Change the URL, or choose another credential`,
		);
	}
	return {
		...rest,
		url: target.href,
		allowedDomains: request.allowedDomains ?? hostname,
		...NO_REDIRECTS,
	};
}

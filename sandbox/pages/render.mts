/** Renders the templates of this folder. Everything that a template prints with `<%= %>` is escaped. */
import { resolve } from 'node:path';
import { Eta } from 'eta';

/** Programs run from the package's folder; this module can't ask where it is itself (tests load it as CommonJS). */
const eta = new Eta({ views: resolve('sandbox/pages'), cache: true });

export type Tone = 'good' | 'bad' | 'wait' | '';

/** @param template its name without `.eta`. */
export function render(template: string, data: object): string {
	return eta.render(`./${template}`, data);
}

/** Nothing from outside. Forms may lead anywhere, because a callback can be any address. */
export const PAGE_HEADERS = {
	'content-type': 'text/html; charset=utf-8',
	'cache-control': 'no-store',
	'referrer-policy': 'no-referrer',
	'content-security-policy': [
		"default-src 'none'",
		"style-src 'unsafe-inline'",
		"script-src 'unsafe-inline'",
		"connect-src 'self'",
		'img-src data:',
		"base-uri 'none'",
	].join('; '),
};

/** The color of a session's status. */
export function tone(status: string): Tone {
	if (status === 'Approved') return 'good';
	if (status === 'Declined' || status.endsWith('xpired')) return 'bad';
	return status === 'In Review' || status === 'Resubmitted' ? 'wait' : '';
}

/** Links to images, videos and files in the form of pre-signed ones: they work for an hour and need no credential. */
import { createHmac } from 'node:crypto';
import { now, type State } from './state.mts';

const LINK_SECONDS = 3600;

export interface MediaLink {
	session: string;
	file: string;
	/** Such as 20261123T050000Z. */
	date: string;
	signature: string;
}

function signature({ mediaKey }: State, session: string, file: string, date: string): string {
	return createHmac('sha256', mediaKey).update([session, file, date].join('/')).digest('hex');
}

export function mediaLink(state: State, session: string, file: string): string {
	const date = new Date(now(state)).toISOString().replace(/[-:]|\.\d+/g, '');
	const query = new URLSearchParams({
		'X-Amz-Date': date,
		'X-Amz-Expires': String(LINK_SECONDS),
		'X-Amz-Signature': signature(state, session, file, date),
	});
	return `${state.publicUrl}/media/${session}/${file}?${query.toString()}`;
}

/** Milliseconds of a date such as 20261123T050000Z. */
const moment = (date: string) =>
	Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

export function checkMediaLink(state: State, link: MediaLink): 'valid' | 'forged' | 'expired' {
	if (link.signature !== signature(state, link.session, link.file, link.date)) return 'forged';
	return moment(link.date) + LINK_SECONDS * 1000 <= now(state) ? 'expired' : 'valid';
}

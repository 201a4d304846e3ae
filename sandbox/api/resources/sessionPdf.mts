/** The report of a session as a PDF, in both versions. */
import { detail } from '../../model/errors.mts';
import { sessionReport } from '../../files/report.mts';
import { type Answer, type CallDefinition, type Resource } from '../pipeline.mts';
import { findSession } from '../../model/sessions.mts';
import { type Status } from '../../model/records.mts';
import { type State } from '../../model/state.mts';

export const REPORTABLE: Record<
	'user' | 'business',
	{ statuses: readonly Status[]; text: string }
> = {
	user: {
		statuses: ['In Review', 'Declined', 'Approved', 'Kyc Expired'],
		text: 'You can only generate a PDF for sessions in review, declined, approved or kyc expired',
	},
	business: {
		statuses: ['In Review', 'Declined', 'Approved'],
		text: 'You can only generate a PDF for sessions in review, declined or approved',
	},
};

export function pdfAnswer(filename: string, body: Buffer): Answer {
	return {
		status: 200,
		body,
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename=${filename}`,
		},
	};
}

const definition = (parameter: string): CallDefinition => {
	const find = (state: State, params: Record<string, string>) =>
		findSession(state, params[parameter], 'Not found.');
	return {
		find,
		run: async ({ state, params }) => {
			const session = find(state, params);
			const { statuses, text } = REPORTABLE[session.session_kind];
			if (!statuses.includes(session.status)) throw detail(403, text);
			const name = session.session_kind === 'business' ? 'business' : 'session';
			return pdfAnswer(`${name}_${session.session_id}.pdf`, await sessionReport(state, session));
		},
	};
};

export const sessionPdf: Resource = {
	version: 'v3',
	handlers: { 'session.pdf': definition('sessionId') },
};
export const sessionPdfV1: Resource = {
	version: 'v1',
	handlers: { 'session.pdf': definition('session_id') },
};

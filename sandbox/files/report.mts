/** Reports about sessions as PDFs. They name no person, because a file outlives the sandbox. */
import { outcomeOf } from '../model/decision/outcome.mts';
import { type SessionRecord } from '../model/records.mts';
import { iso, now, type State } from '../model/state.mts';
import { pdf } from './pdf.mts';

function about(state: State, session: SessionRecord): string[] {
	return [
		`Session    ${session.session_id}`,
		`Number     ${session.session_number}`,
		`Kind       ${session.session_kind}`,
		`Status     ${session.status}`,
		`Workflow   ${session.workflow_label ?? session.features}`,
		`Created    ${session.created_at}`,
		'',
		...outcomeOf(state, session, false).ran.map(
			({ step, status, reason }) => `${step}: ${status}${reason ? ` (${reason.risk})` : ''}`,
		),
		'',
		...session.reviews.map(
			({ created_at, new_status, comment }) =>
				`${created_at} ${new_status ?? 'Note'}${comment ? `: ${comment}` : ''}`,
		),
	];
}

const FOOT = (state: State) => [
	'',
	`Made by the sandbox at ${iso(now(state))}. Nothing in it is real.`,
];

/** Made for each request, so two of them differ in the time. */
export async function sessionReport(state: State, session: SessionRecord): Promise<Buffer> {
	return await pdf('Verification report (sandbox)', [...about(state, session), ...FOOT(state)]);
}

/** All of one user's sessions in one document. */
export async function userReport(state: State, sessions: SessionRecord[]): Promise<Buffer> {
	return await pdf('User report (sandbox)', [
		...sessions.flatMap((session) => [...about(state, session), '']),
		...FOOT(state),
	]);
}

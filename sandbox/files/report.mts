/** Reports about sessions as PDF. They name no person: a file outlives the sandbox. */
import { outcomeOf } from '../model/decision/outcome.mts';
import { iso, now, type SessionRecord, type State } from '../model/state.mts';
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

/** Made anew each time, so two of them differ in the time. */
export function sessionReport(state: State, session: SessionRecord): Buffer {
	return pdf('Verification report (sandbox)', [...about(state, session), ...FOOT(state)]);
}

/** All of one user's sessions in one document. */
export function userReport(state: State, sessions: SessionRecord[]): Buffer {
	return pdf('User report (sandbox)', [
		...sessions.flatMap((session) => [...about(state, session), '']),
		...FOOT(state),
	]);
}

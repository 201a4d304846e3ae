/** A reviewer's decision on a session, in both versions. */
import { type Problem } from '../../../contract/index.mts';
import { checkDecidable, decide, type Decision } from '../../model/reviewDecision.mts';
import { refused } from '../../model/errors.mts';
import { type Context, type CallDefinition, type Resource, type Wording } from '../pipeline.mts';
import { findSession } from '../../model/sessions.mts';
import { STATUSES } from '../../model/records.mts';
import { type State } from '../../model/state.mts';

/** Checks of a company that follow from those of its people. */
const NEVER_REPEATED = ['KYB_REGISTRY', 'KYB_KEY_PEOPLE', 'KYB'];

/** Didit's words. @throws ApiError 400 for steps that cannot be repeated. */
function problems(_context: Context, found: Problem[]): Wording[] {
	const never = found.filter(
		({ path, value }) => path[0] === 'nodes_to_resubmit' && NEVER_REPEATED.includes(String(value)),
	);
	if (never.length > 0) {
		const names = never.map(({ value }) => String(value)).join(', ');
		throw refused(
			'nodes_to_resubmit',
			[
				`The following features cannot be resubmitted directly: ${names}.`,
				'Resubmit the relevant child KYC sessions instead; the parent will recompute automatically.',
			].join(' '),
		);
	}
	return found
		.filter(({ keyword }) => keyword !== 'if')
		.map((problem): Wording => {
			const {
				path: [field],
				keyword,
				value,
			} = problem;
			if (
				field === 'new_status' &&
				keyword === 'enum' &&
				(STATUSES as readonly unknown[]).includes(value)
			)
				return {
					...problem,
					text: "You can only update the status to 'Approved', 'Declined', or 'Resubmitted'.",
				};
			if (field === 'email_address' && keyword === 'required')
				return { ...problem, text: 'Email address is required when send_email is true.' };
			return problem;
		});
}

const definition = (parameter: string): CallDefinition => {
	const find = (state: State, params: Record<string, string>) =>
		findSession(state, params[parameter], 'Not found.');
	return {
		find,
		before: ({ state, params }) => checkDecidable(find(state, params)),
		problems,
		run: ({ state, params, body }) => {
			const session = find(state, params);
			decide(state, session, body as Decision);
			return { status: 200, body: { session_id: session.session_id } };
		},
	};
};

export const sessionStatus: Resource = {
	version: 'v3',
	handlers: { 'session.updateStatus': definition('sessionId') },
};
/** Version 1 documents no refusals of its own, so it has those of version 3. */
export const sessionStatusV1: Resource = {
	version: 'v1',
	handlers: { 'session.updateStatus': definition('session_id') },
};

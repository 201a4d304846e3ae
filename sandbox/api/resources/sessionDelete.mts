/** Deleting sessions, one by its id or many by their numbers, with the choice to keep the face (docs.didit.me/sessions-api/delete-session). */
import { randomUUID } from 'node:crypto';
import { type Problem } from '../../../contract/index.mts';
import { outcomeOf } from '../../model/decision/outcome.mts';
import { type ApiError, detail, invalid } from '../../model/errors.mts';
import { type Context, type Answer, type Resource, type Wording } from '../pipeline.mts';
import { findSession, removeSession } from '../../model/sessions.mts';
import { type SessionRecord } from '../../model/records.mts';
import { now, type State } from '../../model/state.mts';
import { type Webhooks } from '../../webhooks/state.mts';

interface Retention {
	retain_face_embeddings?: boolean | null;
	face_retention_days?: number;
	face_retention_deadline?: string;
	deletion_instruction?: 'operational_session_delete' | 'privacy_erasure';
}

interface BatchRequest extends Retention {
	session_numbers?: Array<string | number>;
	delete_all?: boolean;
}

function hasFace(state: State, session: SessionRecord): boolean {
	return outcomeOf(state, session, false).ran.some(
		({ step }) => step === 'LIVENESS' || step === 'FACE_MATCH' || step === 'AGE_ESTIMATION',
	);
}

/** Whether to keep the face: as the request says, otherwise as the application's policy says. */
function wantsToKeep(
	{ config }: Webhooks,
	{ retain_face_embeddings: keep, deletion_instruction }: Retention,
): boolean {
	if (deletion_instruction === 'privacy_erasure') return false;
	return keep ?? config.face_retention_policy === 'retain_until_user_deleted';
}

const NO_END = 'A finite biometric-template retention duration is required.';

/**
 * @param endless thrown if the face is to be kept without an end; a batch words it differently.
 * @throws ApiError 400 for that, or for an end in the past.
 */
function checkRetention(
	{ state, webhooks }: Context,
	retention: Retention,
	endless: ApiError,
): void {
	if (!wantsToKeep(webhooks, retention)) return;
	const { face_retention_days: days, face_retention_deadline: deadline } = retention;
	if (deadline !== undefined && Date.parse(deadline) <= now(state))
		throw invalid({ face_retention_deadline: ['The deadline must be in the future.'] });
	if ((days ?? webhooks.config.face_retention_days ?? deadline) === undefined) throw endless;
}

/** Deletes the session and reports what became of the face. */
function remove(
	{ state, webhooks }: Context,
	session: SessionRecord,
	retention: Retention,
): Record<string, unknown> {
	const { session_id, session_number, vendor_data } = session;
	const keep = wantsToKeep(webhooks, retention);
	const outcome = !hasFace(state, session)
		? 'none'
		: !keep
			? 'deleted'
			: vendor_data
				? 'retained_with_user'
				: 'ineligible_no_vendor_user';
	removeSession(state, session);
	return {
		session_id,
		session_number,
		face_retention_outcome: outcome,
		biometric_template_uuid: outcome === 'retained_with_user' ? randomUUID() : null,
	};
}

const answer = ({ settings }: State, body: unknown): Answer =>
	settings.deleteStatus === 204 ? { status: 204 } : { status: 200, body };

function problems(_context: Context, found: Problem[]): Wording[] {
	return found.map((problem) =>
		problem.keyword === 'not'
			? {
					...problem,
					path: ['retain_face_embeddings'],
					text: 'Privacy erasure cannot retain biometric templates.',
				}
			: problem,
	);
}

export const sessionDelete: Resource = {
	version: 'v3',
	handlers: {
		'session.delete': {
			find: (state, { sessionId }) => findSession(state, sessionId, 'Not found.'),
			problems,
			run: (call) => {
				const { state, params, body } = call;
				const retention = (body ?? {}) as Retention;
				checkRetention(call, retention, detail(400, NO_END));
				return answer(state, remove(call, findSession(state, params.sessionId), retention));
			},
		},
		'sessions.batchDelete': {
			problems,
			run: (call) => {
				const { state, body } = call;
				const { session_numbers = [], delete_all = false, ...retention } = body as BatchRequest;
				checkRetention(call, retention, invalid({ face_retention_days: [NO_END] }));
				// Persons only, and numbers that nobody has are passed over in silence.
				const numbers = session_numbers.map(Number);
				const chosen = state.sessions.filter(
					({ session_kind, session_number }) =>
						session_kind === 'user' && (delete_all || numbers.includes(session_number)),
				);
				return answer(state, {
					results: chosen.map((session) => remove(call, session, retention)),
				});
			},
		},
	},
};

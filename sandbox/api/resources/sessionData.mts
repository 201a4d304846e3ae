/** Correcting what was misread from a document. */
import { type Problem } from '../../../contract/index.mts';
import { applyChange, editableFields } from '../../model/decision/corrections.mts';
import { decisionV3 } from '../../model/decision/v3.mts';
import { notFound } from '../../model/errors.mts';
import { type Context, type Resource, type Wording } from '../pipeline.mts';
import { addReview } from '../../model/reviews.mts';
import { findSession } from '../../model/sessions.mts';
import { type SessionRecord, type Status } from '../../model/records.mts';
import { type State, tell } from '../../model/state.mts';

type Fields = Record<string, unknown>;

const CORRECTABLE: readonly Status[] = ['Approved', 'Declined', 'In Review', 'Kyc Expired'];
const WORDS: Record<string, string> = {
	issuing_state: 'Invalid ISO 3166-1 alpha-3 country code for issuing_state.',
	'parsed_address.country': 'Invalid ISO 3166-1 alpha-2 country code.',
	extra_fields: 'This field must be a JSON object.',
};

function problems(_context: Context, found: Problem[]): Wording[] {
	return found.map(
		(problem): Wording => ({
			...problem,
			text:
				problem.keyword === 'pattern' || problem.keyword === 'type'
					? WORDS[problem.path.join('.')]
					: undefined,
		}),
	);
}

/** The document of the session as it is now. @throws ApiError 404 for a session that is not finished or that read none. */
function documentOf(state: State, session: SessionRecord): Fields {
	if (session.session_kind !== 'user' || !CORRECTABLE.includes(session.status))
		throw notFound('No Session matches the given query.');
	const [block] = (decisionV3(state, session, false).id_verifications ?? []) as Fields[];
	if (!block) throw notFound('The session does not have a KYC.');
	return editableFields(block);
}

function correct(state: State, session: SessionRecord, change: Fields): Fields {
	const before = documentOf(state, session);
	const after = applyChange(before, change);
	const changed = Object.keys(change).filter(
		(name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
	);
	if (changed.length > 0) {
		session.corrections = after;
		const pick = (fields: Fields) =>
			Object.fromEntries(changed.map((name) => [name, fields[name]]));
		addReview(state, session, {
			activity_type: 'KYC_DATA_UPDATED',
			changed_fields: changed,
			previous_value: pick(before),
			new_value: pick(after),
		});
	}
	// Told even when the values are the old ones, but not for an empty request.
	if (Object.keys(change).length > 0)
		tell(state, { about: 'session', session, type: 'data.updated' });
	return after;
}

const find = (state: State, { sessionId }: Record<string, string>) =>
	findSession(state, sessionId, 'Not found.');

export const sessionData: Resource = {
	version: 'v3',
	handlers: {
		'session.updateData': {
			find,
			before: ({ state, params }) => void documentOf(state, find(state, params)),
			problems,
			run: ({ state, params, body }) => ({
				status: 200,
				body: correct(state, find(state, params), body as Fields),
			}),
		},
	},
};

/** Correcting what was misread from a document or a proof of address. */
import { type Problem } from '../../../contract/index.mts';
import {
	applyChange,
	editableFields,
	editablePoaFields,
} from '../../model/decision/corrections.mts';
import { decisionV3 } from '../../model/decision/v3.mts';
import { notFound } from '../../model/errors.mts';
import { type CallDefinition, type Context, type Resource, type Wording } from '../pipeline.mts';
import { addReview } from '../../model/reviews.mts';
import { findSession } from '../../model/sessions.mts';
import { type SessionRecord, type Status } from '../../model/records.mts';
import { type State, tell } from '../../model/state.mts';

type Fields = Record<string, unknown>;

const CORRECTABLE: readonly Status[] = ['Approved', 'Declined', 'In Review', 'Kyc Expired'];
const WORDS: Record<string, string> = {
	issuing_state: 'Invalid ISO 3166-1 alpha-3 country code for issuing_state.',
	'parsed_address.country': 'Invalid ISO 3166-1 alpha-2 country code.',
	'poa_parsed_address.country': 'Invalid ISO 3166-1 alpha-2 country code.',
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

/** What can be corrected: which list of the decision, how it reads in the request, and where corrections are kept. */
interface Correctable {
	list: string;
	missing: string;
	fields: (block: Fields) => Fields;
	kept: 'corrections' | 'poa_corrections';
	activity: 'KYC_DATA_UPDATED' | 'POA_DATA_UPDATED';
}

const DOCUMENT: Correctable = {
	list: 'id_verifications',
	missing: 'The session does not have a KYC.',
	fields: editableFields,
	kept: 'corrections',
	activity: 'KYC_DATA_UPDATED',
};
const PROOF_OF_ADDRESS: Correctable = {
	list: 'poa_verifications',
	missing: 'The session does not have a POA.',
	fields: editablePoaFields,
	kept: 'poa_corrections',
	activity: 'POA_DATA_UPDATED',
};

/** The data as it is now. @throws ApiError 404 for a session that is not finished or that has none. */
function dataOf(
	state: State,
	session: SessionRecord,
	{ list, missing, fields }: Correctable,
): Fields {
	if (session.session_kind !== 'user' || !CORRECTABLE.includes(session.status))
		throw notFound('No Session matches the given query.');
	const [block] = (decisionV3(state, session, false)[list] ?? []) as Fields[];
	if (!block) throw notFound(missing);
	return fields(block);
}

function correct(state: State, session: SessionRecord, what: Correctable, change: Fields): Fields {
	const before = dataOf(state, session, what);
	const after = applyChange(before, change);
	const changed = Object.keys(change).filter(
		(name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
	);
	if (changed.length > 0) {
		session[what.kept] = after;
		const pick = (fields: Fields) =>
			Object.fromEntries(changed.map((name) => [name, fields[name]]));
		addReview(state, session, {
			activity_type: what.activity,
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

const definition = (what: Correctable): CallDefinition => ({
	find,
	before: ({ state, params }) => void dataOf(state, find(state, params), what),
	problems,
	run: ({ state, params, body }) => {
		// Every session here has one document and one proof of address, so their node needs no look.
		const change = Object.fromEntries(
			Object.entries(body as Fields).filter(([name]) => name !== 'node_id'),
		);
		return { status: 200, body: correct(state, find(state, params), what, change) };
	},
});

export const sessionData: Resource = {
	version: 'v3',
	handlers: {
		'session.updateData': definition(DOCUMENT),
		'session.updatePoaData': definition(PROOF_OF_ADDRESS),
	},
};

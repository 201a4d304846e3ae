/** The list of sessions with its filters, and the two habits of `session_kind=all` that clients must not trip over. */
import { fullName, personOf } from '../decision/people.mts';
import { outcomeOf } from '../decision/outcome.mts';
import { STEPS } from '../decision/steps.mts';
import { findEntity } from '../entities.mts';
import { type Answer, type Call } from '../gate.mts';
import { links, page, window } from '../paging.mts';
import { allSessions } from '../sessions.mts';
import { type SessionRecord, type State } from '../state.mts';

type Query = Record<string, string>;
type Filter = (wanted: string, session: SessionRecord, state: State) => boolean;

/** Didit stops counting companies here, so a client that pages by count loses rows. */
const BUSINESS_COUNT_LIMIT = 100;

const inList = (list: string, value: string | null) => value !== null && list.split(',').map((part) => part.trim()).includes(value);
const documentRead = (session: SessionRecord, state: State) => outcomeOf(state, session, false).ran.some(({ step }) => step === 'OCR');
const nameOf = (session: SessionRecord, state: State) => (documentRead(session, state) ? fullName(personOf(session)) : '');

/** A parameter that is not here is accepted and matches everything: the sandbox has nothing that it could tell apart. */
const FILTERS: Record<string, Filter> = {
	status: (wanted, session) => inList(wanted, session.status),
	vendor_data: (wanted, session) => session.vendor_data === wanted,
	workflow_id: (wanted, session) => inList(wanted, session.workflow_id),
	date_from: (wanted, session) => session.created_at.slice(0, 10) >= wanted,
	// The whole day for people, its first moment for companies.
	date_to: (wanted, session) => (session.session_kind === 'user' ? session.created_at.slice(0, 10) <= wanted : session.created_at <= `${wanted}T00:00:00`),
	country: (wanted, session, state) => documentRead(session, state) && inList(wanted, personOf(session).nationality),
	document_type: (wanted, session, state) => documentRead(session, state) && inList(wanted, 'ID'),
	didit_internal_id: (wanted, session, state) => internalId(state, session) === wanted,
	session_type: (wanted) => inList(wanted, 'HOSTED') || wanted === 'ALL',
	warning: (wanted, session, state) => outcomeOf(state, session, false).ran.some(({ reason }) => inList(wanted, reason?.risk ?? null)),
	search: (wanted, session, state) =>
		[session.session_id, String(session.session_number), session.vendor_data ?? '', nameOf(session, state)].some((text) => text.toLowerCase().includes(wanted.toLowerCase())),
};

/** Didit's own id of a person, the same for all sessions of one vendor_data; a session of nobody has one of its own. */
function internalId(state: State, { session_kind, vendor_data, session_id }: SessionRecord): string {
	return findEntity(state, session_kind, vendor_data)?.didit_internal_id ?? session_id;
}

function personRow(session: SessionRecord, state: State): Record<string, unknown> {
	const outcome = outcomeOf(state, session, true);
	const read = documentRead(session, state);
	const { session_id, session_kind, session_number, status, vendor_data, created_at, workflow_label } = session;
	return {
		session_id, session_kind, session_number, session_url: session.url, portrait_image: read ? outcome.media('portrait.jpg') : null,
		document_type: read ? 'Identity Card' : null, full_name: read ? fullName(outcome.person) : null, country: read ? outcome.person.nationality : null,
		status, vendor_data, didit_internal_id: internalId(state, session), created_at,
		features: outcome.ran.map(({ step, status: result }) => ({ feature: STEPS[step].feature, status: result })),
		phone_number: null, email_address: null, additional_details: {}, workflow_label,
	};
}

function businessRow({ session_id, session_kind, session_number, status, vendor_data, created_at, workflow_id, workflow_label, expected_details }: SessionRecord): Record<string, unknown> {
	const { company_name = null, registration_number = null, registry_country = null } = expected_details ?? {};
	return { session_id, session_kind, session_number, status, vendor_data, created_at, workflow_id, workflow_type: 'kyb', workflow_label, company_name, registration_number, country: registry_country };
}

/** Newest first. */
function matching(state: State, query: Query, kind: 'user' | 'business'): SessionRecord[] {
	const filters = Object.entries(query).filter(([name, wanted]) => name in FILTERS && wanted !== '');
	return allSessions(state)
		.filter((session) => session.session_kind === kind && filters.every(([name, wanted]) => FILTERS[name](wanted, session, state)))
		.reverse();
}

export function listSessions({ state, query }: Call): Answer {
	const path = '/v3/sessions/';
	const kind = (query.session_kind ?? 'user').toLowerCase();
	const people = () => matching(state, query, 'user').map((session) => personRow(session, state));
	const companies = () => matching(state, query, 'business').map(businessRow);
	if (kind === 'user') return { status: 200, body: page(state, path, query, people()) };
	if (kind === 'business') {
		const found = page(state, path, query, companies());
		return { status: 200, body: { ...found, count: Math.min(found.count, BUSINESS_COUNT_LIMIT) } };
	}
	// Both kinds: each is cut by the limit for itself, people come first, and the links follow the people.
	const { limit, offset } = window(query);
	const [persons, firms] = [people(), companies()];
	const cut = (rows: unknown[]) => rows.slice(offset, offset + limit);
	const count = persons.length + Math.min(firms.length, BUSINESS_COUNT_LIMIT);
	return { status: 200, body: { count, ...links(state, path, query, persons.length), results: [...cut(persons), ...cut(firms)] } };
}

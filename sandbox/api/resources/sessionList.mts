/** The list of sessions with its filters, and the two habits of `session_kind=all` that clients must not trip over. */
import { correctedFields, documentCode, isDisplayName } from '../../model/decision/corrections.mts';
import { type Outcome, outcomeOf } from '../../model/decision/outcome.mts';
import { fullName, personOf } from '../../model/decision/people.mts';
import { type Step } from '../../model/decision/scenarios.mts';
import { STEPS } from '../../model/decision/steps.mts';
import { findVendorRecord } from '../../model/vendorRecords.mts';
import { type Problem } from '../../../contract/index.mts';
import { type Answer, type Call, type Context } from '../pipeline.mts';
import { capped, page } from '../paging.mts';
import { allSessions } from '../../model/sessions.mts';
import { type SessionRecord, type Status } from '../../model/records.mts';
import { type State } from '../../model/state.mts';

type Query = Record<string, string>;
type Filter = (wanted: string, session: SessionRecord, state: State) => boolean;

const DECIDED: readonly Status[] = ['Approved', 'Declined', 'In Review'];

const inList = (list: string, value: string | null) =>
	value !== null &&
	list
		.split(',')
		.map((part) => part.trim())
		.includes(value);
const ran = (session: SessionRecord, state: State, wanted: Step) =>
	outcomeOf(state, session, false).ran.some(({ step }) => step === wanted);
const documentRead = (session: SessionRecord, state: State) => ran(session, state, 'OCR');
const nameOf = (session: SessionRecord, state: State) =>
	documentRead(session, state) ? fullName(personOf(session)) : '';
const contains = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());
const companyOf = ({ expected_details }: SessionRecord) =>
	typeof expected_details?.company_name === 'string' ? expected_details.company_name : '';
/** The status of the first decision, whoever decided later. */
const firstDecision = ({ history }: SessionRecord) =>
	history.find(({ status }) => DECIDED.includes(status))?.status;

/** For what no session here has: a region, a check without a session, … Asking for one finds nothing. */
const nowhere: Filter = () => false;

const FILTERS: Record<string, Filter> = {
	status: (wanted, session) => inList(wanted, session.status),
	vendor_data: (wanted, session) => session.vendor_data === wanted,
	workflow_id: (wanted, session) => inList(wanted, session.workflow_id),
	date_from: (wanted, session) => session.created_at.slice(0, wanted.length) >= wanted,
	// The whole day for people, its first moment for companies.
	date_to: (wanted, session) =>
		session.session_kind === 'user' || wanted.includes('T')
			? session.created_at.slice(0, wanted.length) <= wanted
			: session.created_at <= `${wanted}T00:00:00`,
	country: (wanted, session, state) =>
		documentRead(session, state) && inList(wanted, personOf(session).nationality),
	document_type: (wanted, session, state) =>
		documentRead(session, state) && inList(wanted, documentType(session).code),
	document_name: (wanted, session, state) =>
		documentRead(session, state) && contains(documentType(session).name, wanted),
	didit_internal_id: (wanted, session, state) => internalId(state, session) === wanted,
	session_type: (wanted) => inList(wanted, 'HOSTED') || wanted === 'ALL',
	warning: (wanted, session, state) =>
		outcomeOf(state, session, false).ran.some(({ reason }) => inList(wanted, reason?.risk ?? null)),
	screened_full_name: (wanted, session, state) =>
		ran(session, state, 'AML') && contains(fullName(personOf(session)), wanted),
	is_kyc_to_be_reviewed: (wanted, session) =>
		(session.status === 'In Review') === (wanted === 'true'),
	status_initialized_as_in_review: (wanted, session) =>
		(firstDecision(session) === 'In Review') === (wanted === 'true'),
	search: (wanted, session, state) =>
		[
			session.session_id,
			String(session.session_number),
			session.vendor_data ?? '',
			nameOf(session, state),
			companyOf(session),
		].some((text) => contains(text, wanted)),
	region: nowhere,
	api_service: nowhere,
	euuid: nowhere,
	organization_name: nowhere,
};

/** Didit's own id of a person, the same for all sessions of one vendor_data; a session of nobody has one of its own. */
function internalId(
	state: State,
	{ session_kind, vendor_data, session_id }: SessionRecord,
): string {
	return findVendorRecord(state, session_kind, vendor_data)?.didit_internal_id ?? session_id;
}

/** What the document is, after somebody corrected it too. */
function documentType({ corrections }: SessionRecord): { code: string; name: string } {
	const { document_type: name = 'Identity Card' } = correctedFields(corrections);
	return { code: String(documentCode(name)), name: String(name) };
}

/** A field of a step that ran, and whether it was approved. */
function verified(
	outcome: Outcome,
	step: Step,
	field: string,
	as: string,
): Record<string, unknown> | null {
	const found = outcome.ran.find((each) => each.step === step);
	return found
		? { [as]: STEPS[step].build(outcome, found)[field], is_verified: found.status === 'Approved' }
		: null;
}

function personRow(
	session: SessionRecord,
	state: State,
	seesMedia: boolean,
): Record<string, unknown> {
	const outcome = outcomeOf(state, session, seesMedia);
	const read = documentRead(session, state);
	const {
		session_id,
		session_kind,
		session_number,
		status,
		vendor_data,
		created_at,
		workflow_label,
	} = session;
	return {
		session_id,
		session_kind,
		session_number,
		session_url: session.url,
		portrait_image: read ? outcome.media('portrait.jpg') : null,
		document_type:
			read && isDisplayName(documentType(session).name) ? documentType(session).name : null,
		full_name: read ? fullName(outcome.person) : null,
		country: read ? outcome.person.nationality : null,
		status,
		vendor_data,
		didit_internal_id: internalId(state, session),
		created_at,
		features: outcome.ran.map(({ step, status: result }) => ({
			feature: STEPS[step].feature,
			status: result,
		})),
		phone_number: verified(outcome, 'PHONE_VERIFICATION', 'full_number', 'number'),
		email_address: verified(outcome, 'EMAIL_VERIFICATION', 'email', 'email'),
		additional_details: {},
		workflow_label,
	};
}

function businessRow({
	session_id,
	session_kind,
	session_number,
	status,
	vendor_data,
	created_at,
	workflow_id,
	workflow_label,
	expected_details,
}: SessionRecord): Record<string, unknown> {
	const {
		company_name = null,
		registration_number = null,
		registry_country = null,
	} = expected_details ?? {};
	return {
		session_id,
		session_kind,
		session_number,
		status,
		vendor_data,
		created_at,
		workflow_id,
		workflow_type: 'kyb',
		workflow_label,
		company_name,
		registration_number,
		country: registry_country,
	};
}

/** Newest first. */
function matching(state: State, query: Query, kind: 'user' | 'business'): SessionRecord[] {
	const filters = Object.entries(query).filter(
		([name, wanted]) => name in FILTERS && wanted !== '',
	);
	return allSessions(state)
		.filter(
			(session) =>
				session.session_kind === kind &&
				filters.every(([name, wanted]) => FILTERS[name](wanted, session, state)),
		)
		.reverse();
}

const isTime = (value: unknown) =>
	typeof value === 'string' &&
	/^\d{4}-\d{2}-\d{2}T/.test(value) &&
	!Number.isNaN(Date.parse(value));

/** Times of day in the filters pass where the sandbox is set so. */
export function listProblems({ state }: Context, found: Problem[]): Problem[] {
	if (!state.settings.timesInFilters) return found;
	return found.filter(({ path, value }) => !(/^date_/.test(path[0]) && isTime(value)));
}

export function listSessions({ state, query, caller }: Call): Answer {
	const path = '/v3/sessions/';
	const kind = (query.session_kind ?? 'user').toLowerCase();
	const person = (session: SessionRecord) => personRow(session, state, caller.seesMedia);
	if (kind === 'user')
		return { status: 200, body: page(state, path, query, matching(state, query, 'user'), person) };
	const companies = capped(
		page(state, path, query, matching(state, query, 'business'), businessRow),
	);
	if (kind === 'business') return { status: 200, body: companies };
	// Both kinds: each is cut by the limit for itself, people come first, and the links follow the people.
	const people = page(state, path, query, matching(state, query, 'user'), person);
	const count = people.count + companies.count;
	return {
		status: 200,
		body: { ...people, count, results: [...people.results, ...companies.results] },
	};
}

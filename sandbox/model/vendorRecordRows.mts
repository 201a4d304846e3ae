/** Users and businesses as the API answers them: their own fields, and what their sessions add up to. */
import { type Outcome, outcomeOf } from './decision/outcome.mts';
import { fullName } from './decision/people.mts';
import { type Step } from './decision/scenarios.mts';
import { STEPS } from './decision/steps.mts';
import { allSessions } from './sessions.mts';
import { type VendorRecord, type SessionRecord } from './records.mts';
import { type State } from './state.mts';

type Row = Record<string, unknown>;
type SessionsOf = (record: VendorRecord) => SessionRecord[];

/** Only the newest sessions are read for names and features, because a list does this for every row. */
const READ = 5;

/** The sessions of a record, newest first; gathered once for a whole list. */
export function sessionsByVendorRecord(state: State): SessionsOf {
	const groups = new Map<string, SessionRecord[]>();
	for (const session of allSessions(state).toReversed()) {
		if (session.vendor_data === null) continue;
		const key = `${session.session_kind} ${session.vendor_data}`;
		const group = groups.get(key);
		if (group) group.push(session);
		else groups.set(key, [session]);
	}
	return ({ kind, vendor_data }) => groups.get(`${kind} ${vendor_data}`) ?? [];
}

const count = (sessions: SessionRecord[], status: string) =>
	sessions.filter((session) => session.status === status).length;

/** Each feature with its newest result. */
function featuresOf(outcomes: Outcome[]): Record<string, string> {
	const features: Record<string, string> = {};
	for (const { step, status } of outcomes.flatMap(({ ran }) => ran))
		features[STEPS[step].feature] ??= status;
	return features;
}

function counts(sessions: SessionRecord[], outcomes: Outcome[]): Row {
	const features = featuresOf(outcomes);
	return {
		session_count: sessions.length,
		approved_count: count(sessions, 'Approved'),
		declined_count: count(sessions, 'Declined'),
		in_review_count: count(sessions, 'In Review'),
		features,
		features_list: Object.entries(features).map(([feature, status]) => ({ feature, status })),
		last_session_at: sessions[0]?.created_at ?? null,
		first_session_at: sessions.at(-1)?.created_at ?? null,
	};
}

/** What the person has shown and that was approved: the field of that step, joined with what is known already. */
function proven(known: string[], outcomes: Outcome[], step: Step, field: string): string[] {
	const found = outcomes.flatMap((outcome) =>
		outcome.ran
			.filter((ran) => ran.step === step && ran.status === 'Approved')
			.map((ran) => STEPS[step].build(outcome, ran)[field]),
	);
	return [...new Set([...known, ...found.map(String)])];
}

function userFields(
	{
		display_name,
		full_name,
		date_of_birth,
		issuing_states,
		approved_emails,
		approved_phones,
	}: VendorRecord,
	outcomes: Outcome[],
): Row {
	const read = outcomes.find(({ ran }) => ran.some(({ step }) => step === 'OCR'));
	const name = full_name ?? (read ? fullName(read.person) : null);
	return {
		display_name,
		full_name: name,
		date_of_birth: date_of_birth ?? read?.person.date_of_birth ?? null,
		effective_name: display_name ?? name,
		portrait_image_url: read?.media('portrait.jpg') ?? null,
		issuing_states: proven(issuing_states, outcomes, 'OCR', 'issuing_state'),
		approved_emails: proven(approved_emails, outcomes, 'EMAIL_VERIFICATION', 'email'),
		approved_phones: proven(approved_phones, outcomes, 'PHONE_VERIFICATION', 'full_number'),
	};
}

function businessFields({
	display_name,
	legal_name,
	registration_number,
	country_code,
}: VendorRecord): Row {
	return {
		display_name,
		legal_name,
		registration_number,
		country_code,
		effective_name: display_name ?? legal_name,
	};
}

/** A row of the list. @param seesMedia whether the caller may see pictures. */
export function vendorRecordRow(
	state: State,
	record: VendorRecord,
	sessions: SessionRecord[],
	seesMedia: boolean,
): Row {
	const outcomes = sessions.slice(0, READ).map((session) => outcomeOf(state, session, seesMedia));
	const { kind, didit_internal_id, vendor_data, status, created_at, updated_at } = record;
	return {
		didit_internal_id,
		vendor_data,
		status,
		...(kind === 'user' ? userFields(record, outcomes) : businessFields(record)),
		...counts(sessions, outcomes),
		last_activity_at: updated_at,
		tags: [],
		created_at,
	};
}

/** The whole record, as reading, creating and changing one answers it. */
export function vendorRecordDetail(state: State, record: VendorRecord, seesMedia: boolean): Row {
	const { kind, metadata, comments, updated_at } = record;
	return {
		...vendorRecordRow(state, record, sessionsByVendorRecord(state)(record), seesMedia),
		metadata,
		...(kind === 'user' ? { comments } : {}),
		updated_at,
	};
}

/** What a person has shown in a session, by the kind of list that can hold it. */
import { createHash } from 'node:crypto';
import { outcomeOf } from './decision/outcome.mts';
import { type Step } from './decision/scenarios.mts';
import { STEPS } from './decision/steps.mts';
import { type EntryType, type ListEntry } from './listRecords.mts';
import { normalized } from './listValues.mts';
import { type SessionRecord } from './records.mts';
import { type State } from './state.mts';

/** The step of a session that shows it, and the field of its result. A face has no text, so its value is invented. */
const SHOWN_BY: Partial<Record<EntryType, { step: Step; field?: string }>> = {
	face: { step: 'LIVENESS' },
	document: { step: 'OCR', field: 'document_number' },
	phone: { step: 'PHONE_VERIFICATION', field: 'full_number' },
	email: { step: 'EMAIL_VERIFICATION', field: 'email' },
	ip_address: { step: 'IP_ANALYSIS', field: 'ip_address' },
};

/** The value as a list keeps it, and where it comes from. */
export type Shown = Pick<
	ListEntry,
	'value' | 'reference_session_id' | 'reference_session_number' | 'reference_object_uuid'
>;

/** Undefined if the session has not come that far, or lists of this type take nothing from sessions. */
export function shownIn(
	state: State,
	session: SessionRecord,
	entry_type: EntryType,
): Shown | undefined {
	const shown = SHOWN_BY[entry_type];
	const outcome = outcomeOf(state, session, false);
	const result = outcome.ran.find(({ step }) => step === shown?.step);
	if (!shown || !result) return undefined;
	const hash = createHash('sha256').update(`${session.session_id} ${entry_type}`).digest('hex');
	const uuid = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
	const value = shown.field ? STEPS[shown.step].build(outcome, result)[shown.field] : uuid;
	if (typeof value !== 'string') return undefined;
	return {
		value: normalized(entry_type, value),
		reference_session_id: session.session_id,
		reference_session_number: session.session_number,
		reference_object_uuid: uuid,
	};
}

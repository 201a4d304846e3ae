// What a language model that builds workflows is told about results: the fields of a simplified one, and what a status means.
import { SESSION_STATUSES, isFinal } from './statuses';

export const SESSION_RESULT =
	'session_id, session_number, session_kind (user or business), status, verified, final, review_needed, status_override (if someone changed the status by hand), vendor_data, workflow_id, url, full_name, first_name, last_name, date_of_birth, age, gender, nationality, document_type, document_number, document_expires, issuing_country, address, company_name, registration_number, company_country, features[], checks[{feature, status, score}], aml_hits, warnings[{feature, risk, text, effect (Declined, In Review, None), rule}], created_at';

const finalStatuses = SESSION_STATUSES.filter(isFinal).join(', ');

export const STATUS_MEANING = `status: verified is true for Approved alone. These end a wait (final): ${finalStatuses}. In Review (review_needed) waits for your team. Not Started, In Progress, Awaiting User and Resubmitted wait for the person.`;

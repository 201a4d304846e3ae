/** The shape of the flat verdict, the same for every version of Didit's API. */

export type SessionKind = 'user' | 'business';

/** `score` is 0 to 100 or `null`; for `AML` a high score is a high risk, for the others a good match. */
export type VerdictCheck = { feature: string; status: string | null; score: number | null };

/** What a custom rule compared: Didit's names, values as text. */
export type VerdictRule = {
	field: string | null;
	operator: string | null;
	rule_value: string | null;
	actual_value: string | null;
};

export type VerdictWarning = {
	feature: string | null;
	risk: string | null;
	text: string | null;
	/** What it did to the result; `null` when Didit does not say. */
	effect: 'Declined' | 'In Review' | 'None' | null;
	/** Only for a rule that the builder's company wrote itself. */
	rule: VerdictRule | null;
};

/** A person changed the status that Didit had found by itself. */
export type StatusOverride = { automatic_status: string | null; overridden_at: string | null };

/** Field names are Didit's own where Didit has one. Dates are `YYYY-MM-DD`, `created_at` is ISO 8601 in UTC. */
export type Verdict = {
	session_id: string | null;
	session_number: number | null;
	session_kind: SessionKind | null;
	/** One of `STATUSES`, or a status that Didit added later, as sent. */
	status: string | null;
	/** True only when `status` is exactly `Approved`. */
	verified: boolean;
	final: boolean;
	review_needed: boolean;
	/** `null` while the status is the one that Didit found by itself. */
	status_override: StatusOverride | null;
	vendor_data: string | null;
	workflow_id: string | null;
	/** The link that the person opens. */
	url: string | null;
	full_name: string | null;
	first_name: string | null;
	last_name: string | null;
	date_of_birth: string | null;
	age: number | null;
	gender: string | null;
	nationality: string | null;
	document_type: string | null;
	document_number: string | null;
	document_expires: string | null;
	issuing_country: string | null;
	address: string | null;
	/** Business sessions only, as are the next two. */
	company_name: string | null;
	registration_number: string | null;
	company_country: string | null;
	/** What was asked for; `null` when the decision does not say. */
	features: string[] | null;
	/** What has run or begun, one entry for each node of the workflow. */
	checks: VerdictCheck[];
	aml_hits: number | null;
	/** Those that decided first. */
	warnings: VerdictWarning[];
	created_at: string | null;
};

export interface VerdictOptions {
	/** What the decision came in (a webhook's payload, a created session): fills in what the decision lacks. */
	source?: unknown;
	maskDocumentNumbers?: boolean;
}

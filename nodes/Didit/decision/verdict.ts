/**
 * The flat verdict: one small object for the decision of a session, whichever of Didit's three shapes it has. Data that
 * is missing is `null`, never a guess; links to images, videos and files are left out, they are personal data.
 */
import { checkName, FEATURES, readBlocks, readFeatures } from './features';
import { maskDocumentNumber } from './mask';
import { readCompany, readPerson } from './person';
import {
	fields,
	firstText,
	integer,
	isFields,
	list,
	number,
	text,
	type Fields,
} from '../json/read';
import { isFinal, isReviewNeeded, isVerified } from './statuses';
import type { SessionKind, StatusOverride, Verdict, VerdictCheck, VerdictOptions } from './types';
import { readWarnings } from './warnings';

/**
 * Reads a version 1, 2 or 3 decision, the `decision` of a webhook, or a session without one (pass `null` and the session
 * or the webhook's payload as `source`). Accepts anything and never throws.
 */
export function readVerdict(decision: unknown, options: VerdictOptions = {}): Verdict {
	const main = fields(decision);
	const source = fields(options.source);
	const status = readStatus(text(main.status), text(source.status));
	const person = readPerson(main);
	const { registered_address: companyAddress, ...company } = readCompany(main);
	const { document_number: documentNumber } = person;

	return {
		session_id: firstText(main.session_id, source.session_id),
		session_number: integer(main.session_number) ?? integer(source.session_number),
		session_kind: readKind(main, source),
		status,
		verified: isVerified(status),
		final: isFinal(status),
		review_needed: isReviewNeeded(status),
		status_override: readOverride(main.status_override),
		vendor_data: firstText(main.vendor_data, source.vendor_data),
		workflow_id: firstText(main.workflow_id, source.workflow_id),
		url: firstText(main.session_url, main.url, source.session_url, source.url),
		...person,
		document_number:
			options.maskDocumentNumbers && documentNumber !== null
				? maskDocumentNumber(documentNumber)
				: documentNumber,
		address: person.address ?? companyAddress,
		...company,
		features: readFeatures(main.features) ?? readFeatures(source.features),
		checks: readChecks(main),
		aml_hits: readAmlHits(main),
		warnings: readWarnings(main, options.maskDocumentNumbers === true),
		// A number here is the webhook's own time, of which Didit does not say what it counts from.
		created_at: firstText(main.created_at, source.created_at),
	};
}

/** Where the decision and what it came in disagree, approval needs both: the other status counts. */
function readStatus(decided: string | null, sent: string | null): string | null {
	if (decided === null || sent === null) return decided ?? sent;
	return isVerified(decided) ? sent : decided;
}

function readOverride(value: unknown): StatusOverride | null {
	if (!isFields(value)) return null;
	const override = {
		automatic_status: text(value.automatic_status),
		overridden_at: text(value.overridden_at),
	};
	return Object.values(override).every((part) => part === null) ? null : override;
}

/**
 * Person or business. Didit names the kind of every business session; a session without one is a person's (version 1,
 * `include=events` and the envelope of a person's webhook leave it out). `null` when there is no session at all.
 */
export function readKind(decision: Fields, source: Fields): SessionKind | null {
	const named = [decision.session_kind, source.session_kind].find(
		(kind) => kind === 'user' || kind === 'business',
	);
	if (named) return named as SessionKind;
	const ofBusiness =
		firstText(source.business_session_id, source.vendor_business_id) !== null ||
		FEATURES.some(({ feature, v3 }) => feature.startsWith('KYB_') && list(decision[v3]).length > 0);
	if (ofBusiness) return 'business';
	return firstText(decision.session_id, source.session_id) === null ? null : 'user';
}

function readChecks(decision: Fields): VerdictCheck[] {
	return FEATURES.flatMap(({ feature, score }) =>
		readBlocks(decision, feature).map((block) => ({
			feature: checkName(feature, block),
			status: text(block.status),
			score: score === undefined ? null : number(block[score]),
		})),
	);
}

/** Hits of all screenings together. An unfinished screening has not found "nothing" yet, so it never makes a 0. */
function readAmlHits(decision: Fields): number | null {
	const counts = readBlocks(decision, 'AML').map((block) => {
		if (block.status === 'Not Finished') return null;
		return integer(block.total_hits) ?? (Array.isArray(block.hits) ? block.hits.length : null);
	});
	const total = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
	return total === 0 && (counts.length === 0 || counts.includes(null)) ? null : total;
}

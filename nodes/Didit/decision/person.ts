/** Who was verified: the person on the identity document, or the company in the register. */
import { readBlocks } from './features';
import { firstText, integer, isFields, text, type Fields } from '../json/read';
import type { Verdict } from './types';

type Person = Pick<
	Verdict,
	| 'full_name'
	| 'first_name'
	| 'last_name'
	| 'date_of_birth'
	| 'age'
	| 'gender'
	| 'nationality'
	| 'document_type'
	| 'document_number'
	| 'document_expires'
	| 'issuing_country'
	| 'address'
>;

/**
 * A workflow can check several documents, or a second one after the first failed. All fields come from one of them and
 * are never mixed: the first approved document, else the first that a reviewer has to look at, else the first.
 */
function countingDocument(documents: Fields[]): Fields {
	const withStatus = (status: string) => documents.find((document) => document.status === status);
	return withStatus('Approved') ?? withStatus('In Review') ?? documents[0] ?? {};
}

export function readPerson(decision: Fields): Person {
	const document = countingDocument(readBlocks(decision, 'ID_VERIFICATION'));
	// A proof of address that was not approved proves none.
	const proof = readBlocks(decision, 'POA').find((block) => block.status === 'Approved');
	return {
		full_name: text(document.full_name),
		first_name: text(document.first_name),
		last_name: text(document.last_name),
		date_of_birth: text(document.date_of_birth),
		age: readAge(document, decision.created_at),
		gender: text(document.gender),
		nationality: text(document.nationality),
		document_type: text(document.document_type),
		document_number: text(document.document_number),
		document_expires: text(document.expiration_date),
		issuing_country: text(document.issuing_state),
		address: firstText(
			document.formatted_address,
			document.address,
			proof?.poa_formatted_address,
			proof?.poa_address,
		),
	};
}

/** Didit's own `age`; version 1 has none, so there it is the age in full years on the day of the session. */
function readAge(document: Fields, sessionCreatedAt: unknown): number | null {
	const age = integer(document.age);
	if (age !== null && age >= 0) return age;
	const born = readDay(document.date_of_birth);
	const day = readDay(sessionCreatedAt);
	if (born === null || day === null || day < born) return null;
	const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
	return day.slice(5) < born.slice(5) ? years - 1 : years;
}

/** The day of an ISO 8601 date or time as `YYYY-MM-DD`, which sorts as text; `null` when there is no such day. */
function readDay(value: unknown): string | null {
	const day = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(text(value) ?? '')?.[0];
	if (day === undefined) return null;
	const time = Date.parse(day);
	// JavaScript reads 30 February as 2 March; such a day is no date of birth.
	return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? null : day;
}

interface Company {
	company_name: string | null;
	registration_number: string | null;
	/** ISO 3166-1 alpha-2, unlike the countries of persons. */
	company_country: string | null;
	registered_address: string | null;
}

/**
 * The company of a business session. Workflows that also check the companies behind it list several, and nothing says
 * which of them is the applicant, so a field is given only where all of them agree.
 */
export function readCompany(decision: Fields): Company {
	const companies = readBlocks(decision, 'KYB_REGISTRY')
		.map((check) => check.company)
		.filter(isFields);
	const agreed = (field: string): string | null => {
		const values = new Set(companies.map((company) => text(company[field])));
		return values.size === 1 ? [...values][0] : null;
	};
	return {
		company_name: agreed('company_name'),
		registration_number: agreed('registration_number'),
		company_country: agreed('country_code'),
		registered_address: agreed('registered_address'),
	};
}

/** The invented people whose documents the sandbox "reads". Nobody here exists, and no document number has a valid form. */
import { type SessionRecord } from '../records.mts';

export interface Person {
	first_name: string;
	last_name: string;
	date_of_birth: string;
	gender: 'M' | 'F';
	nationality: string;
	country_name: string;
	/** Alpha-2, as addresses have it; nationalities are alpha-3. */
	country_code: string;
	city: string;
	address: string;
	postal_code: string;
	document_number: string;
}

const PEOPLE: Person[] = [
	{
		first_name: 'Núria',
		last_name: 'Exemple Ficció',
		date_of_birth: '1990-05-17',
		gender: 'F',
		nationality: 'ESP',
		country_name: 'Spain',
		country_code: 'ES',
		city: 'Girona',
		address: 'Carrer Fictici 1',
		postal_code: '17001',
		document_number: 'XX0000001',
	},
	{
		first_name: 'Łukasz',
		last_name: 'Przykładowy',
		date_of_birth: '1984-11-02',
		gender: 'M',
		nationality: 'POL',
		country_name: 'Poland',
		country_code: 'PL',
		city: 'Łódź',
		address: 'ul. Zmyślona 12/3',
		postal_code: '90-001',
		document_number: 'XX0000002',
	},
	{
		first_name: 'Aylin',
		last_name: 'Örnekçi',
		date_of_birth: '1997-03-29',
		gender: 'F',
		nationality: 'TUR',
		country_name: 'Türkiye',
		country_code: 'TR',
		city: 'İzmir',
		address: 'Hayali Sokak 7',
		postal_code: '35000',
		document_number: 'XX0000003',
	},
	{
		first_name: 'Sean',
		last_name: "O'Sample",
		date_of_birth: '1971-08-08',
		gender: 'M',
		nationality: 'IRL',
		country_name: 'Ireland',
		country_code: 'IE',
		city: 'Cork',
		address: '3 Madeup Quay',
		postal_code: 'T12 0000',
		document_number: 'XX0000004',
	},
	{
		first_name: '花子',
		last_name: '見本',
		date_of_birth: '2001-12-24',
		gender: 'F',
		nationality: 'JPN',
		country_name: 'Japan',
		country_code: 'JP',
		city: '大阪',
		address: '架空町1丁目2-3',
		postal_code: '530-0000',
		document_number: 'XX0000005',
	},
	{
		first_name: 'José',
		last_name: 'Núñez Inventado',
		date_of_birth: '1979-01-31',
		gender: 'M',
		nationality: 'MEX',
		country_name: 'Mexico',
		country_code: 'MX',
		city: 'Mérida',
		address: 'Calle Imaginaria 45',
		postal_code: '97000',
		document_number: 'XX0000006',
	},
];

/**
 * The same session always has the same person. Expected details given at creation are what the document then says, until
 * somebody corrects it.
 */
export function personOf(session: SessionRecord): Person {
	const person = PEOPLE[session.person % PEOPLE.length];
	const said: Record<string, unknown> = { ...session.expected_details, ...session.corrections };
	const known = ['first_name', 'last_name', 'date_of_birth', 'gender', 'nationality'].filter(
		(key) => typeof said[key] === 'string',
	);
	return { ...person, ...Object.fromEntries(known.map((key) => [key, said[key]])) };
}

/** A country's name by its alpha-3 code, or the code itself for a country that nobody here comes from. */
export function countryName(code: unknown): unknown {
	return PEOPLE.find(({ nationality }) => nationality === code)?.country_name ?? code;
}

export function fullName({ first_name, last_name }: Person): string {
	return `${first_name} ${last_name}`;
}

/** The day on which everybody is verified, so that ages stay the same. */
export const TODAY = '2026-09-21';

/** Whole years between two ISO dates. */
export function ageAt(dateOfBirth: string, day: string): number {
	const years = Number(day.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
	return day.slice(5, 10) < dateOfBirth.slice(5, 10) ? years - 1 : years;
}

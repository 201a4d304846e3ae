/** A document that somebody corrected: what can be changed, how changes merge, and what follows from them. */
import { ageAt, countryName, TODAY } from './people.mts';

type Fields = Record<string, unknown>;

/** Display names of decisions and the codes behind them; other types have a code only. */
const DOCUMENT_CODES: Record<string, string> = {
	Passport: 'P',
	'Identity Card': 'ID',
	"Driver's License": 'DL',
	'Residence Permit': 'RP',
	'Health Insurance Card': 'HIC',
	'Tax Card': 'TC',
};
const EDITABLE = [
	'document_type',
	'document_subtype',
	'document_number',
	'personal_number',
	'date_of_birth',
	'date_of_issue',
	'expiration_date',
	'issuing_state',
	'first_name',
	'last_name',
	'gender',
	'address',
	'place_of_birth',
	'nationality',
	'marital_status',
	'extra_fields',
	'parsed_address',
];
const ADDRESS_ORDER = ['street_1', 'street_2', 'city', 'region', 'postal_code', 'country'];

/** What a block of a decision says in the form of the corrections. */
export function editableFields(block: Fields): Fields {
	const fields = Object.fromEntries(EDITABLE.map((name) => [name, block[name] ?? null]));
	return { ...fields, document_type: documentCode(fields.document_type) };
}

export function documentCode(type: unknown): unknown {
	return DOCUMENT_CODES[String(type)] ?? type;
}

/** Types without a display name are never shown in lists. */
export const isDisplayName = (type: string) => Object.hasOwn(DOCUMENT_CODES, type);

const EDITABLE_POA = [
	'issuing_state',
	'document_type',
	'document_language',
	'issuer',
	'issue_date',
	'poa_address',
	'name_on_document',
	'extra_fields',
	'poa_parsed_address',
];

/** What a proof of address says in the form of the corrections. */
export const editablePoaFields = (block: Fields): Fields =>
	Object.fromEntries(EDITABLE_POA.map((name) => [name, block[name] ?? null]));

/** Key by key: a value sets, `null` removes. */
function merged(before: unknown, change: Fields): Fields {
	const all = Object.entries({ ...(before as Fields | null), ...change });
	return Object.fromEntries(all.filter(([, value]) => value !== null && value !== ''));
}

function address(before: unknown, change: Fields | null): Fields | null {
	if (change === null) return null;
	const parts = merged(before, change);
	if (typeof parts.country === 'string') parts.country = parts.country.toUpperCase();
	parts.formatted_address = ADDRESS_ORDER.map((name) => parts[name])
		.filter(Boolean)
		.join(', ');
	return parts;
}

/** The fields after a change. Single values are replaced, the two maps are merged (docs.didit.me/sessions-api/update-data). */
export function applyChange(before: Fields, change: Fields): Fields {
	const after = { ...before, ...change };
	if ('document_type' in change) after.document_type = documentCode(change.document_type);
	if (typeof after.issuing_state === 'string')
		after.issuing_state = after.issuing_state.toUpperCase();
	if ('extra_fields' in change)
		after.extra_fields =
			change.extra_fields === null
				? {}
				: merged(before.extra_fields, change.extra_fields as Fields);
	for (const name of ['parsed_address', 'poa_parsed_address'])
		if (name in change) after[name] = address(before[name], change[name] as Fields | null);
	return after;
}

/** A corrected proof of address as a decision shows it. */
export function correctedPoaFields(corrections: Fields | null): Fields {
	if (!corrections) return {};
	const parts = corrections.poa_parsed_address as Fields | null;
	return {
		...corrections,
		poa_formatted_address: parts?.formatted_address ?? corrections.poa_address,
	};
}

/** The corrected fields as a decision shows them, with what is computed from them; nothing when nobody corrected anything. */
export function correctedFields(corrections: Fields | null): Fields {
	if (!corrections) return {};
	const { document_type, first_name, last_name, date_of_birth, issuing_state, parsed_address } =
		corrections;
	const display =
		Object.entries(DOCUMENT_CODES).find(([, code]) => code === document_type)?.[0] ?? document_type;
	return {
		...corrections,
		document_type: display,
		full_name: [first_name, last_name].filter(Boolean).join(' '),
		age: typeof date_of_birth === 'string' ? ageAt(date_of_birth, TODAY) : null,
		issuing_state_name: countryName(issuing_state),
		formatted_address: (parsed_address as Fields | null)?.formatted_address ?? corrections.address,
	};
}

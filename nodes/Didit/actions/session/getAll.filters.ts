// The filters of Session: Get Many, from the screen's names to Didit's, each checked.
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { SESSION_STATUSES } from '../../decision/statuses';
import { InputError } from '../../transport/errors';
import { DOCUMENT_TYPES } from '../common/documentTypes';
import { country, date, idOfLocator, listOf, oneOf, textOf, uuid } from '../common/checks';
import { anyWorkflowField } from '../workflow/workflowId';

export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Country',
			name: 'country',
			type: 'string',
			default: '',
			placeholder: 'e.g. ESP, PRT',
			description: 'Countries of the documents, three letters each, separated by commas',
		},
		{
			displayName: 'Created From',
			name: 'dateFrom',
			type: 'dateTime',
			default: '',
			description: 'The first day. The time of day does not count.',
		},
		{
			displayName: 'Created Until',
			name: 'dateTo',
			type: 'dateTime',
			default: '',
			description: 'The last day, which counts as a whole',
		},
		{
			displayName: 'Document Types',
			name: 'documentTypes',
			type: 'multiOptions',
			options: Object.entries(DOCUMENT_TYPES).map(([name, value]) => ({ name, value })),
			default: [],
		},
		{
			displayName: 'Kind',
			name: 'sessionKind',
			type: 'options',
			options: [
				{ name: 'Businesses', value: 'business' },
				{ name: 'People', value: 'user' },
				{ name: 'People and Businesses', value: 'all' },
			],
			default: 'user',
			description: 'Whose sessions to get. People, if this filter is not set.',
		},
		{
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. Nora Sample',
			description: 'A name, session number, ID or vendor data, or a part of it',
		},
		{
			displayName: 'Session Types',
			name: 'sessionTypes',
			type: 'multiOptions',
			options: [
				{
					name: 'API',
					value: 'API',
					description: 'Checks made through the API, without a page for the person',
				},
				{ name: 'Hosted', value: 'HOSTED', description: "The person went through Didit's pages" },
				{ name: 'Migrated', value: 'MIGRATED', description: 'Imported from elsewhere' },
			],
			default: [],
		},
		{
			displayName: 'Statuses',
			name: 'statuses',
			type: 'multiOptions',
			options: [...SESSION_STATUSES].sort().map((value) => ({ name: value, value })),
			default: [],
		},
		{
			displayName: 'Vendor Data',
			name: 'vendorData',
			type: 'string',
			default: '',
			placeholder: 'e.g. user-42',
			description: 'Your own ID of the person or business, exactly as you gave it to Didit',
		},
		{
			displayName: 'Warnings',
			name: 'warnings',
			type: 'string',
			default: '',
			placeholder: 'e.g. POSSIBLE_MATCH_FOUND',
			description: "Didit's codes of risks, separated by commas",
		},
		anyWorkflowField,
	],
};

type Reader = (value: unknown, label: string) => string;

const each =
	(check: (value: string, field: string) => string): Reader =>
	(value, label) =>
		listOf(value, label)
			.map((entry) => check(entry, label))
			.join(',');
const code: Reader = (value, label) => listOf(value, label).join(',');
const text: Reader = textOf;
const day: Reader = (value, label) =>
	text(value, label) === '' ? '' : date(text(value, label), label);

/** An empty value often comes from an expression that found nothing. Without the filter everybody's sessions would come out. */
const exactly: Reader = (value, label) => {
	if (text(value, label) !== '') return text(value, label);
	throw new InputError(
		`'${label}' is empty`,
		'Fill in the filter, or remove it to get the sessions of everybody',
	);
};

/** A row for each filter: its name on the node, its label on the screen, its name at Didit, and how it is read. */
const FILTERS: Array<[name: string, label: string, field: string, read: Reader]> = [
	['country', 'Country', 'country', each(country)],
	['dateFrom', 'Created From', 'date_from', day],
	['dateTo', 'Created Until', 'date_to', day],
	['documentTypes', 'Document Types', 'document_type', each(oneOf(Object.values(DOCUMENT_TYPES)))],
	['search', 'Search', 'search', text],
	['sessionTypes', 'Session Types', 'session_type', each(oneOf(['API', 'HOSTED', 'MIGRATED']))],
	['statuses', 'Statuses', 'status', each(oneOf(SESSION_STATUSES))],
	['vendorData', 'Vendor Data', 'vendor_data', exactly],
	['warnings', 'Warnings', 'warning', code],
	[
		'workflowId',
		'Workflow',
		'workflow_id',
		(value, label) =>
			idOfLocator(value, label) === '' ? '' : uuid(idOfLocator(value, label), label),
	],
];

export interface SessionFilters {
	kinds: string[];
	query: IDataObject;
	/** As a date, if the period has an end. */
	lastDay?: string;
}

/** @throws InputError naming the first filter that is not valid */
export function readFilters(filters: IDataObject): SessionFilters {
	const query: IDataObject = {};
	for (const [name, label, field, read] of FILTERS) {
		const value = name in filters ? read(filters[name], label) : '';
		if (value !== '') query[field] = value;
	}
	const kind = oneOf(['user', 'business', 'all'])(
		textOf(filters.sessionKind ?? 'user', 'Kind'),
		'Kind',
	);
	const lastDay = query.date_to as string | undefined;
	return {
		kinds: kind === 'all' ? ['user', 'business'] : [kind],
		query,
		...(lastDay && { lastDay }),
	};
}

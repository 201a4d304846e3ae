// The filters of Session: Get Many.
import type { IDataObject } from 'n8n-workflow';
import { SESSION_STATUSES } from '../../decision/statuses';
import { country, date, refuse } from '../common/checks';
import { DOCUMENT_TYPES } from '../common/documentTypes';
import { choice, choices, day, group, list, text } from '../common/fieldKinds';
import type { ItemCall } from '../common/itemCall';
import { vendorDataField } from '../common/vendorData';
import { workflowId } from '../workflow/workflowId';

const kind = choice({
	label: 'Person or Business',
	name: 'sessionKind',
	diditName: 'session_kind',
	options: [
		{ name: 'Person', value: 'user' },
		{ name: 'Business', value: 'business' },
		{ name: 'Both', value: 'all' },
	],
	description: 'Whose sessions to return. Without this filter: those of people.',
});

/** An empty value often comes from an expression that found nothing. Without the filter everybody's sessions would come out. */
const vendorData = vendorDataField({
	notEmpty: true,
	ask: "Enter the ID, or remove the filter to get everyone's sessions",
	description: 'Your own ID for the person or business, exactly as you sent it to Didit',
});

export const filters = group({
	label: 'Filters',
	name: 'filters',
	placeholder: 'Add filter',
	fields: [
		kind,
		list({
			label: 'Country',
			name: 'country',
			diditName: 'country',
			check: country,
			example: 'ESP, PT',
			description: 'Comma-separated country codes of the documents',
		}),
		day({
			label: 'Created From',
			name: 'dateFrom',
			diditName: 'date_from',
			type: 'dateTime',
			check: date,
			description:
				'First day of creation to include, e.g. 2026-05-31. A moment counts as its day in the time zone of this workflow.',
		}),
		day({
			label: 'Created Until',
			name: 'dateTo',
			diditName: 'date_to',
			type: 'dateTime',
			check: date,
			description: 'Last day to include (whole day)',
		}),
		choices({
			label: 'Document Types',
			name: 'documentTypes',
			diditName: 'document_type',
			options: DOCUMENT_TYPES,
		}),
		text({
			label: 'Search',
			name: 'search',
			diditName: 'search',
			example: 'Nora Sample',
			description: 'Full or partial name, session number, session ID or vendor data',
		}),
		choices({
			label: 'Session Types',
			name: 'sessionTypes',
			diditName: 'session_type',
			options: [
				{
					name: 'API',
					value: 'API',
					description: 'Checks made through the API, without a page for the person',
				},
				{ name: 'Hosted', value: 'HOSTED', description: "The person went through Didit's pages" },
				{ name: 'Migrated', value: 'MIGRATED', description: 'Imported from elsewhere' },
			],
			description: 'API: checks without a page for the person. Migrated: imported from elsewhere.',
		}),
		choices({
			label: 'Statuses',
			name: 'statuses',
			diditName: 'status',
			options: SESSION_STATUSES.map((value) => ({ name: value, value })),
		}),
		vendorData,
		list({
			label: 'Warnings',
			name: 'warnings',
			diditName: 'warning',
			check: (value, field) => (value.length > 100 ? refuse(field, 'codes of Didit') : value),
			example: 'POSSIBLE_MATCH_FOUND',
			description: 'Comma-separated Didit risk codes',
		}),
		workflowId(),
	],
});

export interface SessionFilters {
	kinds: string[];
	query: IDataObject;
	/** As a date, if the period has an end. */
	lastDay?: string;
}

/** @throws InputError naming the first filter that isn't valid */
export function readFilters(call: ItemCall): SessionFilters {
	const given = call.read(filters) ?? {};
	const { session_kind: wanted = 'user', ...body } = given as Record<string, string | string[]>;
	const query = Object.fromEntries(
		Object.entries(body).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.join(',') : value,
		]),
	);
	const lastDay = query.date_to;
	return {
		kinds: wanted === 'all' ? ['user', 'business'] : [String(wanted)],
		query,
		...(lastDay && { lastDay }),
	};
}

// Session: Get Many. Finds sessions by status, person, workflow, country or date, the newest first.
import type { IDataObject } from 'n8n-workflow';
import { isVerified } from '../../decision/statuses';
import { text } from '../../json/read';
import { listRows, returnAllFields, toItems } from '../common/getMany';
import { mediaLinks } from '../common/privacy';
import { simplify, toOutputRow } from '../common/simplify';
import type { Operation } from '../common/operation';
import type { ItemCall } from '../common/itemCall';
import { filters, readFilters } from './getAll.filters';
import type { SessionFilters } from './getAll.filters';

const SIMPLE_FIELDS = [
	'session_id',
	'session_number',
	'session_kind',
	'status',
	'verified',
	'vendor_data',
	'full_name',
	'company_name',
	'country',
	'document_type',
	'workflow_id',
	'workflow_label',
	'url',
	'created_at',
];

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many sessions',
	},
	about: `Newest first. Not finished: Not Started, In Progress, Awaiting User, Resubmitted; their url still works. Returns rows with ${SIMPLE_FIELDS.join(', ')}.`,
	effect: 'reads',
	forMany: true,
	fields: [...returnAllFields, filters, simplify],
	options: [mediaLinks],
	needs: 'apiKey',
	async execute(call) {
		const found = readFilters(call);
		return await toItems(call, sessions(call, found), (row) =>
			toOutputRow(call, call.isOn(simplify) ? named(row, found) : row, SIMPLE_FIELDS),
		);
	},
};

/**
 * A row under the names that a session has everywhere else. Didit leaves out the workflow of a person's session, so there it is
 * known only if the rows of one workflow were asked for.
 */
function named(row: IDataObject, { query }: SessionFilters): IDataObject {
	const workflow = text(row.workflow_id) ?? text(query.workflow_id);
	return {
		...row,
		url: row.session_url,
		workflow_id: workflow,
		verified: isVerified(row.status),
	};
}

/**
 * Didit has a list of people and one of companies. Its list of both ends with the people and loses companies, so both are
 * read on their own and put together by time.
 */
function sessions(
	call: ItemCall,
	{ kinds, query, lastDay }: SessionFilters,
): AsyncGenerator<IDataObject> {
	const lists = kinds.map((kind) =>
		kind === 'business' && lastDay
			? untilEndOf(lastDay, companies(call, query))
			: sessionsOf(call, kind, query),
	);
	return lists.length === 1 ? lists[0] : newestFirst(lists[0], lists[1]);
}

function sessionsOf(call: ItemCall, kind: string, query: IDataObject): AsyncGenerator<IDataObject> {
	return listRows(call, {
		path: '/v3/sessions/',
		filters: { ...query, session_kind: kind },
		id: 'session_id',
	});
}

/** For companies Didit ends a period with the first moment of its last day, so the next day is asked for. */
function companies(call: ItemCall, query: IDataObject): AsyncGenerator<IDataObject> {
	const next = new Date(Date.parse(String(query.date_to)) + 86_400_000).toISOString().slice(0, 10);
	return sessionsOf(call, 'business', { ...query, date_to: next });
}

async function* untilEndOf(
	lastDay: string,
	rows: AsyncGenerator<IDataObject>,
): AsyncGenerator<IDataObject> {
	for await (const row of rows) if ((text(row.created_at) ?? '').slice(0, 10) <= lastDay) yield row;
}

const timeOf = ({ created_at: created }: IDataObject) => Date.parse(text(created) ?? '') || 0;

/** Two lists that each have the newest row first, as one. */
async function* newestFirst(
	one: AsyncGenerator<IDataObject>,
	other: AsyncGenerator<IDataObject>,
): AsyncGenerator<IDataObject> {
	let [a, b] = await Promise.all([one.next(), other.next()]);
	while (!a.done || !b.done) {
		const first = b.done || (!a.done && timeOf(a.value) >= timeOf(b.value as IDataObject));
		yield (first ? a : b).value as IDataObject;
		if (first) a = await one.next();
		else b = await other.next();
	}
}

// The workflow that an application's sessions go through where the builder chose none.
import { isUsableWorkflow } from '../../json/workflowRow';
import { InputError } from '../../transport/errors';
import type { DiditClient } from '../../transport/client';
import { allRows } from '../common/getMany';
import type { ItemCall } from '../common/itemCall';
import { uuid } from '../common/checks';
import { WORKFLOWS } from './list';
import { workflowId } from './workflowId';

const field = workflowId();

/** One look-up for all items of an execution: each has its own client. */
const found = new WeakMap<DiditClient, Promise<string | undefined>>();

/** @throws InputError if the application has no default workflow */
export async function defaultWorkflow(call: ItemCall): Promise<string> {
	const lookup = found.get(call.client) ?? lookUp(call);
	found.set(call.client, lookup);
	// The next item asks again after a failure.
	lookup.catch(() => found.delete(call.client));
	const id = await lookup;
	if (id !== undefined) return id;
	throw new InputError(
		`'${field.label}' is empty, and your Didit application has no default workflow`,
		field.ask,
	);
}

async function lookUp(call: ItemCall): Promise<string | undefined> {
	for await (const row of allRows(call, WORKFLOWS)) {
		if (row.is_default === true && isUsableWorkflow(row))
			return uuid(String(row.workflow_id), field);
	}
	return undefined;
}

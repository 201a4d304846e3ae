// List: Create. A list for conditions in Didit workflows and rules. Didit's own blocklists are there already.
import { choice, text } from '../common/fieldKinds';
import { requiredField } from '../common/fieldSpecs';
import type { Operation } from '../common/operation';
import { simplify, toOutputRow } from '../common/simplify';
import { LISTS, LIST_FIELDS, description, entryType, parseRow } from './list';

const name = text({
	label: 'Name',
	name: 'name',
	diditName: 'name',
	required: true,
	ask: 'Enter a name that no other list has',
	example: 'Trusted IPs',
});

/** Without it, Didit can't tell what a value has to look like. */
const requiredType = requiredField(entryType, 'Choose what the list holds');

const listType = choice({
	label: 'List Type',
	name: 'listType',
	diditName: 'list_type',
	options: [
		{ name: 'Allowlist', value: 'allowlist' },
		{ name: 'Custom', value: 'custom' },
	],
	default: 'custom',
	description: 'Didit has a blocklist for every entry type already',
});

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create list',
	},
	about: 'Returns the list row.',
	effect: 'creates',
	fields: [name, listType, requiredType, description, simplify],
	needs: 'apiKey',
	async execute(call) {
		const body = call.body(name, listType, requiredType, description);
		const answer = await call.request({ method: 'POST', path: LISTS.path, body });
		return [{ json: toOutputRow(call, parseRow(answer.body), LIST_FIELDS) }];
	},
};

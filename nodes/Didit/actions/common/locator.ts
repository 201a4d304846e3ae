// The kind of field in which something is chosen from a list, or by its ID.
import type { INodePropertyMode } from 'n8n-workflow';
import type { Check } from './checks';
import { anything, field } from './fieldKinds';
import type { FieldInfo } from './fieldKinds';
import type { FieldSpec } from './fieldSpecs';
import { toId } from './ids';
import { toText, valueOfLocator } from './values';

interface LocatorInfo extends FieldInfo {
	/** The list to choose from, by its name in the node's methods. */
	searchListMethod: string;
	/** What the second way of choosing is called. */
	by: string;
	example: string;
	check?: Check;
	/** The value stands for one person or business. */
	isPerson?: boolean;
}

const mode = (
	displayName: string,
	name: 'list' | 'id',
	more: Partial<INodePropertyMode>,
): INodePropertyMode => ({ displayName, name, type: name === 'list' ? 'list' : 'string', ...more });

/** An ID, chosen from a list or entered. */
export function locator(info: LocatorInfo): FieldSpec<string | undefined> {
	const { searchListMethod, by, example, check = anything, isPerson, ...rest } = info;
	const toValue = isPerson ? toId : toText;
	const modes = [
		mode('From List', 'list', { typeOptions: { searchListMethod, searchable: true } }),
		mode(by, 'id', { placeholder: `e.g. ${example}` }),
	];
	return field(rest, (value, about) => check(toValue(valueOfLocator(value), about), about), {
		property: { type: 'resourceLocator', default: { mode: 'list', value: '' }, modes },
	});
}

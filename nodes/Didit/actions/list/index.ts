import type { Resource } from '../common/operation';
import { addEntry } from './addEntry';
import { getAll } from './getAll';

export const list: Resource = {
	option: { name: 'List', value: 'list' },
	operations: [addEntry, getAll],
};

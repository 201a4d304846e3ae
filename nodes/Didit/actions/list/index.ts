import type { Resource } from '../common/operation';
import { addEntry } from './addEntry';
import { create } from './create';
import { deleteList } from './delete';
import { getAll } from './getAll';
import { getEntries } from './getEntries';
import { removeEntry } from './removeEntry';
import { update } from './update';

export const list: Resource = {
	option: { name: 'List', value: 'list' },
	operations: [addEntry, getEntries, removeEntry, getAll, create, update, deleteList],
};

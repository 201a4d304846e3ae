import { create } from '../entity/create';
import { deleteEntity } from '../entity/delete';
import { get } from '../entity/get';
import { getAll } from '../entity/getAll';
import { update } from '../entity/update';
import { updateStatus } from '../entity/updateStatus';
import type { Resource } from '../resources';
import { downloadPdf } from './downloadPdf';
import { user as entity } from './user';

export const user: Resource = {
	option: { name: 'User', value: 'user' },
	operations: [
		get(entity),
		create(entity),
		deleteEntity(entity),
		downloadPdf,
		getAll(entity),
		update(entity),
		updateStatus(entity),
	],
};

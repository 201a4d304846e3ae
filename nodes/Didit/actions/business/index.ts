import { create } from '../entity/create';
import { deleteEntity } from '../entity/delete';
import { get } from '../entity/get';
import { getAll } from '../entity/getAll';
import { update } from '../entity/update';
import { updateStatus } from '../entity/updateStatus';
import type { Resource } from '../resources';
import { business as entity } from './business';

export const business: Resource = {
	option: { name: 'Business', value: 'business' },
	operations: [
		get(entity),
		create(entity),
		deleteEntity(entity),
		getAll(entity),
		update(entity),
		updateStatus(entity),
	],
};

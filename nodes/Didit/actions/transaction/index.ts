import type { Resource } from '../common/operation';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';

export const transaction: Resource = {
	option: { name: 'Transaction', value: 'transaction' },
	operations: [create, get, getAll],
};

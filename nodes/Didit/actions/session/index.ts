import type { Resource } from '../resources';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { waitForResult } from './waitForResult';

export const session: Resource = {
	option: { name: 'Session', value: 'session' },
	operations: [create, get, getAll, waitForResult],
};

import type { Resource } from '../resources';
import { getBalance } from './getBalance';

export const account: Resource = {
	option: { name: 'Account', value: 'account' },
	operations: [getBalance],
};

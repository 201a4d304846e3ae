import type { Resource } from '../common/operation';
import { getBalance } from './getBalance';

export const account: Resource = {
	option: { name: 'Account', value: 'account' },
	operations: [getBalance],
};

import type { Resource } from '../resources';
import { create } from './create';
import { waitForResult } from './waitForResult';

export const session: Resource = {
	option: { name: 'Session', value: 'session' },
	operations: [create, waitForResult],
};

import type { Resource } from '../resources';
import { create } from './create';

export const session: Resource = {
	option: { name: 'Session', value: 'session' },
	operations: [create],
};

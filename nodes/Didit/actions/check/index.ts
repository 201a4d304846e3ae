import type { Resource } from '../common/operation';
import { aml } from './aml';

export const check: Resource = {
	option: { name: 'Check', value: 'check' },
	operations: [aml],
};

import type { Resource } from '../common/operation';
import { get } from './get';
import { getAll } from './getAll';

export const workflow: Resource = {
	option: { name: 'Workflow', value: 'workflow' },
	operations: [get, getAll],
};

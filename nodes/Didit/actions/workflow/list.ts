// The list of workflows, which has a row for every version of each, and the fields of a simplified one.
import type { List } from '../../transport/pages';

export const WORKFLOWS: List = { path: '/v3/workflows/', id: 'uuid' };

export const SIMPLE_FIELDS = [
	'workflow_id',
	'uuid',
	'workflow_label',
	'workflow_type',
	'status',
	'version',
	'is_default',
	'is_archived',
	'features',
	'total_price',
	'session_expiration_time',
	'updated_at',
];

// How a workflow is chosen: from the list of the Didit console's workflows, or by its ID.
import { uuid } from '../common/checks';
import { locator } from '../common/locator';
import type { FieldInfo } from '../common/fieldKinds';

export const workflowId = (info: Partial<FieldInfo> = {}) =>
	locator({
		label: 'Workflow',
		name: 'workflowId',
		diditName: 'workflow_id',
		searchListMethod: 'searchWorkflows',
		by: 'By ID',
		example: '11111111-2222-4333-8444-555555555555',
		ask: 'Choose a workflow from the list, or enter its ID',
		check: uuid,
		...info,
	});

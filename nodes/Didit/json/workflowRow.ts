// What a row of Didit's list of workflows says, for operations and for the editor's lists.
import type { Fields } from './read';

/** Whether new sessions can go through it. */
export const isUsableWorkflow = (row: Fields) =>
	row.status === 'published' && row.is_archived !== true && typeof row.workflow_id === 'string';

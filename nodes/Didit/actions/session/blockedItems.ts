// What of a session can be put on Didit's blocklists in one call, and taken off again.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { choices } from '../common/fieldKinds';
import type { ItemCall } from '../common/itemCall';
import { sessionId } from './sessionId';

const items = choices({
	label: 'What',
	name: 'blockedItems',
	required: true,
	ask: 'Choose at least one',
	options: [
		{ name: 'Document', value: 'document' },
		{ name: 'Email', value: 'email' },
		{ name: 'Face', value: 'face' },
		{ name: 'Phone', value: 'phone' },
	],
	default: ['document', 'face'],
	description: 'What the person has shown in the session',
});

export const blockFields = [sessionId, items];

/**
 * @param action the last part of the address
 * @param prefix of the names in the request
 */
export async function changeBlocklists(
	call: ItemCall,
	action: 'add' | 'remove',
	prefix: 'blocklist' | 'unblock',
): Promise<INodeExecutionData[]> {
	const id = call.need(sessionId);
	const chosen = call.need(items);
	const body: IDataObject = { session_id: id };
	for (const item of chosen) body[`${prefix}_${item}`] = true;
	await call.request({ method: 'POST', path: `/v3/blocklist/${action}/`, body });
	return [{ json: { session_id: id, [action === 'add' ? 'blocked' : 'unblocked']: chosen } }];
}

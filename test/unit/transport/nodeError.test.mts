// Errors as the editor shows them.
import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { DiditError, InputError } from '../../../nodes/Didit/transport/errors.ts';
import { toNodeError } from '../../../nodes/Didit/transport/nodeError.ts';

const NODE = { id: '1', name: 'Didit', type: 'didit', typeVersion: 1, position: [0, 0] } as unknown;
const node = NODE as INode;

it('an error of Didit has its words, its advice, its status and the item', () => {
	const shown = toNodeError(node, new DiditError('Not found.', 'Check the ID', 404), 2);
	expect(shown).toBeInstanceOf(NodeApiError);
	expect(shown).toMatchObject({
		message: 'Not found.',
		description: 'Check the ID',
		httpCode: '404',
		messages: [],
	});
	expect(shown.context.itemIndex).toBe(2);
});

it('keeps its words also where n8n knows them better', () => {
	const shown = toNodeError(node, new DiditError('ECONNREFUSED was said', 'Wait'));
	expect(shown).toMatchObject({ message: 'ECONNREFUSED was said', httpCode: null, messages: [] });
});

it('a refused value has its words and its advice', () => {
	const shown = toNodeError(node, new InputError("'Email' is not valid", 'Enter an address'), 0);
	expect(shown).toBeInstanceOf(NodeOperationError);
	expect(shown).toMatchObject({
		message: "'Email' is not valid",
		description: 'Enter an address',
	});
	expect(shown.context.itemIndex).toBe(0);
	expect(toNodeError(node, new InputError('No')).description).toBeFalsy();
});

it('an error of n8n stays the same, and gets the item', () => {
	for (const error of [
		new NodeOperationError(node, 'made-up', { itemIndex: 1 }),
		new NodeApiError(node, { message: 'made-up' }, { itemIndex: 1 }),
	]) {
		expect(toNodeError(node, error)).toBe(error);
		expect(error.context.itemIndex).toBe(1);
		expect(toNodeError(node, error, 3)).toBe(error);
		expect(error.context.itemIndex).toBe(3);
	}
});

it('any other error is shown with its words and the item', () => {
	const shown = toNodeError(node, 'made-up', 4);
	expect(shown).toBeInstanceOf(NodeOperationError);
	expect([shown.message, shown.context.itemIndex]).toEqual(['made-up', 4]);
});

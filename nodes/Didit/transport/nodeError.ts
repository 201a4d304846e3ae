// Errors as n8n shows them.
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { DiditError, InputError } from './errors';

export type NodeError = NodeApiError | NodeOperationError;

/**
 * @param item the index of the item that failed, if it was one
 * @returns an error that the editor shows with its text, its advice and the item; nothing of the request is in it
 */
export function toNodeError(node: INode, error: unknown, item?: number): NodeError {
	if (error instanceof DiditError) {
		const status = error.status === undefined ? undefined : String(error.status);
		const shown = new NodeApiError(
			node,
			{ message: error.message },
			{ itemIndex: item, httpCode: status },
		);
		// n8n replaces messages that happen to contain the name of a system error, so they are set afterwards.
		return Object.assign(shown, {
			message: error.message,
			description: error.advice,
			messages: [],
		});
	}
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		if (item !== undefined) error.context.itemIndex = item;
		return error;
	}
	if (error instanceof InputError) {
		return new NodeOperationError(node, error.message, {
			itemIndex: item,
			description: error.advice,
		});
	}
	return new NodeOperationError(node, error as Error, { itemIndex: item });
}

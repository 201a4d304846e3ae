// An operation's call without n8n: what all items of an execution share.
import type { IExecuteFunctions } from 'n8n-workflow';
import { type Declaration } from '../../nodes/Didit/actions/common/declaration.ts';
import { type Run } from '../../nodes/Didit/actions/common/itemCall.ts';
import { Parameters } from '../../nodes/Didit/actions/common/parameters.ts';
import { RequestQueue } from '../../nodes/Didit/transport/requestQueue.ts';

export const runOf = (context: IExecuteFunctions, operation: Declaration): Run => ({
	context,
	operation,
	parameters: new Parameters(context),
	queue: new RequestQueue(1),
	limits: { timeout: 1, maxRetries: 0, maxWait: 0 },
});

// Session: Get. The status and result of one session, in any state.
import { decisionRequest } from '../../transport/decisionRequest';
import { maskOption, mediaLinksOption } from '../common/privacy';
import { simplifyField } from '../common/simplify';
import type { Operation } from '../common/operation';
import { parseDecision, shownDecision } from './result';
import { sessionIdField, sessionIdOf } from './sessionId';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get session',
		description: 'Get the status and result of a verification session',
	},
	fields: [sessionIdField, simplifyField],
	options: [mediaLinksOption, maskOption],
	async execute(call) {
		const answer = await call.request(decisionRequest(call.client.version, sessionIdOf(call)));
		return [{ json: shownDecision(call, parseDecision(answer)) }];
	},
};

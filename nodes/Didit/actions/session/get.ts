// Session: Get. The status and result of one session, in any state.
import { decisionRequest } from '../../transport/decisionRequest';
import { maskNumbers, mediaLinks } from '../common/privacy';
import { simplify } from '../common/simplify';
import type { Operation } from '../common/operation';
import { parseDecision, shownDecision } from './result';
import { sessionId } from './sessionId';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get session',
	},
	about: 'Works with any session_id, in any state. Returns a session result.',
	effect: 'reads',
	forMany: true,
	fields: [sessionId, simplify],
	options: [mediaLinks, maskNumbers],
	async execute(call) {
		const answer = await call.request(decisionRequest(call.client.version, call.need(sessionId)));
		return [{ json: shownDecision(call, parseDecision(answer)) }];
	},
};

// Session: Share. Creates a token that lets another Didit application import a finished session.
import type { IDataObject } from 'n8n-workflow';
import { uuid } from '../common/checks';
import { number, text } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { rawOutput } from '../common/privacy';
import { sessionId } from './sessionId';

const forApplicationId = text({
	label: 'Receiving Application ID',
	name: 'forApplicationId',
	diditName: 'for_application_id',
	required: true,
	ask: 'Enter the ID of the Didit application that may import the session',
	check: uuid,
	example: '11111111-2222-4333-8444-555555555555',
	description:
		'The Didit application that may import the session. Its owner finds the ID in the Didit console.',
});

const tokenLifetime = number({
	label: 'Token Lifetime (Seconds)',
	name: 'tokenLifetime',
	diditName: 'ttl_in_seconds',
	least: 60,
	most: 86_400,
	default: 3600,
	description: 'How long the token can be used: from a minute to a day',
});

export const share: Operation = {
	option: {
		name: 'Share',
		value: 'share',
		action: 'Share session',
		description: 'Let another Didit application import it',
	},
	about:
		'Returns session_id, share_token (a secret, for the other application alone), for_application_id, session_kind.',
	effect: 'creates',
	fields: [sessionId, forApplicationId],
	options: [tokenLifetime],
	needs: 'apiKey',
	async execute(call) {
		const id = call.need(sessionId);
		const body = { ...call.body(forApplicationId), ...call.optionsBody([tokenLifetime]) };
		const answer = await call.request({ method: 'POST', path: `/v3/session/${id}/share/`, body });
		return [{ json: { session_id: id, ...rawOutput(call, answer.body as IDataObject) } }];
	},
};

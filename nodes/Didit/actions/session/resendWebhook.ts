// Session: Resend Webhook. Has Didit send a recorded event once more, to the address it was sent to before.
import type { IDataObject } from 'n8n-workflow';
import { fields } from '../../json/read';
import { uuid } from '../common/checks';
import { text } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { maskNumbers, mediaLinks } from '../common/privacy';
import { simplify } from '../common/simplify';
import { sessionId } from './sessionId';
import { shownDelivery } from './webhookDelivery';

const delivery = text({
	label: 'Delivery ID',
	name: 'deliveryId',
	required: true,
	ask: "Enter the uuid of a delivery, from 'Get Webhook Deliveries'",
	check: uuid,
	default: '={{ $json.uuid }}',
	example: '11111111-2222-4333-8444-555555555555',
	description: "The uuid of a delivery, from 'Get Webhook Deliveries'",
});

export const resendWebhook: Operation = {
	option: {
		name: 'Resend Webhook',
		value: 'resendWebhook',
		action: 'Resend webhook of session',
	},
	about:
		'Same event_id, so a Didit Trigger that had the event ignores it. Succeeds even if the receiver refuses. Returns session_id, uuid, event_id, webhook_type, status, request_url, response_status, delivered (2xx), created_at.',
	effect: 'changes',
	fields: [sessionId, delivery, simplify],
	options: [mediaLinks, maskNumbers],
	needs: 'apiKey',
	async execute(call) {
		const id = call.need(sessionId);
		const { body } = await call.request({
			method: 'POST',
			path: `/v3/session/${id}/webhook/${call.need(delivery)}/resend`,
		});
		return [{ json: shownDelivery(call, id, fields(body) as IDataObject) }];
	},
};

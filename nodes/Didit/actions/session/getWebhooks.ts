// Session: Get Webhook Deliveries. What Didit sent about a session, and what the receiver responded. Didit keeps it for 30 days.
import type { IDataObject } from 'n8n-workflow';
import { fields, list } from '../../json/read';
import type { Operation } from '../common/operation';
import { maskNumbers, mediaLinks } from '../common/privacy';
import { simplify } from '../common/simplify';
import { sessionId } from './sessionId';
import { shownDelivery } from './webhookDelivery';

export const getWebhooks: Operation = {
	option: {
		name: 'Get Webhook Deliveries',
		value: 'getWebhooks',
		action: 'Get webhook deliveries of session',
	},
	about:
		'One item per attempt, newest first. Returns session_id, uuid (for resendWebhook), event_id, webhook_type, status, request_url, response_status, delivered (2xx), created_at.',
	effect: 'reads',
	fields: [sessionId, simplify],
	options: [mediaLinks, maskNumbers],
	needs: 'apiKey',
	async execute(call) {
		const id = call.need(sessionId);
		const { body } = await call.request({ method: 'GET', path: `/v3/session/${id}/webhooks/` });
		// A plain list, or one in an envelope: sources differ.
		const rows = list(Array.isArray(body) ? body : fields(body).results);
		return rows.map((row) => ({ json: shownDelivery(call, id, row as IDataObject) }));
	},
};

/** Webhook destinations, the application's older settings, and the deliveries of a session. */
import { type Problem } from '../../../contract/index.mts';
import { notFound } from '../../model/errors.mts';
import { type Call, type Context, type Resource, type Wording } from '../pipeline.mts';
import { findSession } from '../../model/sessions.mts';
import {
	checkReachable,
	createDestination,
	deleteDestination,
	destinationDetail,
	destinationRow,
	findDestination,
	isLocal,
	updateDestination,
} from '../../webhooks/destinations.mts';
import { resend } from '../../webhooks/events.mts';
import { newSecret } from '../../webhooks/secret.mts';
import { type Delivery, type WebhookConfig } from '../../webhooks/records.mts';

/** Local addresses are let through here, and unknown events are named in Didit's words. */
function problems({ state }: Context, found: Problem[]): Wording[] {
	const isLocalUrl = ({ path, keyword, value }: Problem) =>
		keyword === 'pattern' && /url$/.test(path[0]) && isLocal(state, value);
	const isUnknownEvent = ({ path, keyword }: Problem) =>
		keyword === 'enum' && path[0] === 'subscribed_events';
	const unknown = found.filter(isUnknownEvent);
	const rest: Wording[] = found.filter(
		(problem) => !isLocalUrl(problem) && !isUnknownEvent(problem),
	);
	if (unknown.length > 0)
		rest.push({
			...unknown[0],
			text: `Unsupported webhook events: ${unknown.map(({ value }) => String(value)).join(', ')}`,
		});
	return rest;
}

function updateConfig({ state, webhooks: { config }, body }: Call) {
	const { rotate_secret_key, ...fields } = body as Partial<WebhookConfig> & {
		rotate_secret_key?: boolean;
	};
	if (fields.webhook_url) checkReachable(state, fields.webhook_url, 'webhook_url');
	// The old secret of the application ends at once, unlike that of a destination.
	Object.assign(config, fields, rotate_secret_key ? { secret_shared_key: newSecret() } : {});
	return { status: 200, body: config };
}

function deliveryRow({ uuid, url, webhook_type, status, state, attempts, created_at }: Delivery) {
	return {
		uuid,
		url,
		webhook_type,
		status,
		delivery_status: state,
		response_status: attempts.at(-1)?.status ?? null,
		attempts: attempts.length,
		created_at,
	};
}

export const webhook: Resource = {
	version: 'v3',
	handlers: {
		'webhook.destinations.list': ({ webhooks }) => ({
			status: 200,
			body: webhooks.destinations.map((destination) => destinationRow(webhooks, destination)),
		}),
		'webhook.destinations.create': {
			problems,
			run: ({ webhooks, body }) => ({
				status: 201,
				body: destinationDetail(
					webhooks,
					createDestination(webhooks, body as Parameters<typeof createDestination>[1]),
				),
			}),
		},
		'webhook.destinations.get': ({ webhooks, params }) => ({
			status: 200,
			body: destinationDetail(webhooks, findDestination(webhooks, params.destination_uuid)),
		}),
		'webhook.destinations.update': {
			problems,
			run: ({ webhooks, params, body }) => ({
				status: 200,
				body: destinationDetail(
					webhooks,
					updateDestination(
						webhooks,
						params.destination_uuid,
						body as Parameters<typeof updateDestination>[2],
					),
				),
			}),
		},
		'webhook.destinations.delete': ({ webhooks, params }) => {
			deleteDestination(webhooks, params.destination_uuid);
			return { status: 204 };
		},
		'webhook.config.get': ({ webhooks }) => ({ status: 200, body: webhooks.config }),
		'webhook.config.update': { problems, run: updateConfig },
		'session.webhooks.list': ({ state, webhooks, params }) => {
			const { session_id } = findSession(state, params.sessionId);
			return {
				status: 200,
				body: webhooks.deliveries
					.filter((delivery) => delivery.session_id === session_id)
					.map(deliveryRow),
			};
		},
		'session.webhooks.get': ({ state, webhooks, params }) => {
			const { session_id } = findSession(state, params.sessionId);
			const delivery = webhooks.deliveries.find(
				({ uuid, session_id: of }) => uuid === params.webhookUuid && of === session_id,
			);
			if (!delivery) throw notFound();
			const { request_header, request_body, attempts } = delivery;
			return {
				status: 200,
				body: {
					...deliveryRow(delivery),
					request_header,
					request_body,
					response_body: attempts.at(-1)?.answer ?? null,
				},
			};
		},
	},
	extras: [
		{
			// docs.didit.me/management-api/webhook/resend-delivery; its answer is not described.
			id: 'webhook.destinations.resend',
			method: 'POST',
			rateLimit: 'write',
			path: '/v3/webhook/destinations/{destination_uuid}/deliveries/{delivery_uuid}/resend/',
			run: ({ webhooks, params }) => {
				findDestination(webhooks, params.destination_uuid);
				return { status: 200, body: deliveryRow(resend(webhooks, params.delivery_uuid)) };
			},
		},
	],
};

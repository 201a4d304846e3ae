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
import { resend, resendAttempt } from '../../webhooks/events.mts';
import { newSecret } from '../../webhooks/secret.mts';
import { type Attempt, type Delivery, type WebhookConfig } from '../../webhooks/records.mts';

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

/** An attempt as a session's list has it. A key that may not see media gets the body without links to it. */
function attemptRow(
	{ state, caller }: Call,
	{ delivery, attempt }: { delivery: Delivery; attempt: Attempt },
) {
	const { session_id, status, url: request_url, webhook_type } = delivery;
	const { uuid, at: created_at, status: response_status, request_header, request_body } = attempt;
	const media = new RegExp(`"${state.publicUrl}/media/[^"]*"`, 'g');
	return {
		uuid,
		session_id,
		status,
		request_url,
		response_status,
		request_header,
		request_body: caller.seesMedia ? request_body : request_body.replace(media, 'null'),
		webhook_type,
		created_at,
	};
}

/** Every attempt at a session's deliveries, the newest first. */
function attemptsOf({ state, webhooks, params }: Call) {
	const { session_id } = findSession(state, params.sessionId);
	return webhooks.deliveries
		.filter((delivery) => delivery.session_id === session_id)
		.flatMap((delivery) => delivery.attempts.map((attempt) => ({ delivery, attempt })))
		.sort((a, b) => b.attempt.at.localeCompare(a.attempt.at));
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
		'session.webhooks.list': (call) => {
			const results = attemptsOf(call).map((found) => attemptRow(call, found));
			const wrapped = { count: results.length, next: null, previous: null, results };
			const { deliveryList } = call.state.settings;
			return { status: 200, body: deliveryList === 'wrapped' ? wrapped : results };
		},
		'session.webhooks.get': (call) => {
			const found = attemptsOf(call).find(
				({ attempt }) => attempt.uuid === call.params.webhookUuid,
			);
			if (!found) throw notFound();
			return { status: 200, body: attemptRow(call, found) };
		},
		'session.webhooks.resend': async (call) => {
			const { state, webhooks, params } = call;
			const { session_id } = findSession(state, params.sessionId);
			const sent = await resendAttempt(webhooks, session_id, params.webhookUuid);
			return { status: 200, body: attemptRow(call, { delivery: sent, attempt: sent.attempts[0] }) };
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
				return { status: 200, body: { uuid: resend(webhooks, params.delivery_uuid).uuid } };
			},
		},
	],
};

/** The sandbox's own address `/sandbox/…`, for tests and builders in another process: faults, settings, what was received. */
import { type FastifyPluginCallback } from 'fastify';
import { addFault, clearFaults, FAULT_SCHEMA, type FaultSpec } from './faults/faults.mts';
import { allSessions, findSession, moveTo } from './model/sessions.mts';
import { change, SETTINGS_SCHEMA, type SettingsChange } from './model/settings.mts';
import {
	destinationDetail,
	destinationRow,
	findDestination,
	rotateSecret,
} from './webhooks/destinations.mts';
import { type TestDelivery } from './webhooks/consoleTest.mts';
import { emit, EVENTS, resend, sendTest } from './webhooks/events.mts';
import { type Delivery } from './webhooks/records.mts';
import { type Status, STATUSES } from './model/records.mts';
import { type State } from './model/state.mts';
import { decideTransaction } from './model/transactions.mts';
import { TRANSACTION_STATUSES, type TransactionStatus } from './model/transactionRecords.mts';
import { revokeTokens } from './model/tokens.mts';
import { type Parts, reset } from './parts.mts';

export interface RequestFilter {
	method?: string;
	path?: string | RegExp;
}

/** The recorded calls with this method and path; a path in text is compared as a whole. */
export function recorded(state: State, { method, path }: RequestFilter) {
	return state.requests.filter(
		(request) =>
			(!method || request.method === method.toUpperCase()) &&
			(path === undefined ||
				(typeof path === 'string' ? request.path === path : path.test(request.path))),
	);
}

function deliverySummary(delivery: Delivery) {
	const {
		uuid,
		destination,
		url,
		webhook_version,
		webhook_type,
		event_id,
		session_id,
		status,
		test,
		resend_of,
		state,
		attempts,
		created_at,
	} = delivery;
	return {
		uuid,
		destination,
		url,
		webhook_version,
		webhook_type,
		event_id,
		session_id,
		status,
		test,
		resend_of,
		state,
		attempts: attempts.map(
			({ uuid: attempt, at, status: answered, error, milliseconds, answer }) => ({
				uuid: attempt,
				at,
				status: answered,
				error,
				milliseconds,
				answer,
			}),
		),
		created_at,
	};
}

const body = (schema: object) => ({ schema: { body: schema } });
const object = (properties: object, required: string[]) => ({
	type: 'object',
	additionalProperties: false,
	properties,
	required,
});

export const control: FastifyPluginCallback<Parts> = (server, parts, done) => {
	const { state, webhooks, faults } = parts;
	server.get('/sandbox/requests', (request) => {
		const requests = recorded(state, request.query as RequestFilter);
		return { count: requests.length, peak_in_flight: state.inFlight.peak, requests };
	});
	server.get('/sandbox/sessions', () => ({ sessions: allSessions(state) }));
	server.patch(
		'/sandbox/sessions/:id',
		body(object({ status: { enum: STATUSES } }, ['status'])),
		(request) => {
			const session = findSession(state, (request.params as { id: string }).id);
			moveTo(state, session, (request.body as { status: Status }).status, 'sandbox');
			return session;
		},
	);

	server.patch(
		'/sandbox/transactions/:uuid',
		body(object({ status: { enum: TRANSACTION_STATUSES } }, ['status'])),
		(request) => {
			const { status } = request.body as { status: TransactionStatus };
			return decideTransaction(state, (request.params as { uuid: string }).uuid, status);
		},
	);

	// Deliveries without headers and bodies; `GET /v3/session/{id}/webhook/{uuid of the attempt}` shows those.
	server.get('/sandbox/deliveries', () => ({
		deliveries: webhooks.deliveries.map(deliverySummary),
	}));
	server.get('/sandbox/webhooks/destinations', () => ({
		destinations: webhooks.destinations.map((destination) => destinationRow(webhooks, destination)),
	}));
	server.post(
		'/sandbox/webhooks/test',
		body(
			object(
				{
					destination: { type: 'string' },
					webhook_type: { enum: EVENTS },
					status: { enum: STATUSES },
					unicode: { type: 'boolean' },
				},
				['destination'],
			),
		),
		(request, reply) => {
			const { destination, ...wanted } = request.body as TestDelivery & { destination: string };
			return reply
				.code(202)
				.send({ uuid: sendTest(webhooks, findDestination(webhooks, destination), wanted).uuid });
		},
	);
	server.post(
		'/sandbox/webhooks/events',
		body(
			object(
				{
					webhook_type: { enum: EVENTS },
					session_id: { type: 'string' },
					fields: { type: 'object' },
				},
				['webhook_type'],
			),
		),
		(request, reply) => {
			const { webhook_type, session_id, fields } = request.body as {
				webhook_type: string;
				session_id?: string;
				fields?: Record<string, unknown>;
			};
			return reply.code(202).send({
				deliveries: emit(webhooks, webhook_type, { session_id, fields }).map(({ uuid }) => uuid),
			});
		},
	);
	server.post('/sandbox/webhooks/destinations/:uuid/rotate', (request) =>
		destinationDetail(webhooks, rotateSecret(webhooks, (request.params as { uuid: string }).uuid)),
	);
	server.post('/sandbox/deliveries/:uuid/resend', (request, reply) =>
		reply
			.code(202)
			.send({ uuid: resend(webhooks, (request.params as { uuid: string }).uuid).uuid }),
	);

	server.get('/sandbox/vendor-records', () => ({ vendorRecords: state.vendorRecords }));
	server.get('/sandbox/emails', () => ({ emails: state.emails }));
	server.get('/sandbox/faults', () => ({ faults: faults.list }));
	server.post('/sandbox/faults', body(FAULT_SCHEMA), (request, reply) =>
		reply.code(201).send(addFault(faults, request.body as FaultSpec)),
	);
	server.delete('/sandbox/faults', (_request, reply) => {
		clearFaults(faults);
		return reply.code(204).send();
	});

	// Every token given out so far, whether it still works or not.
	server.get('/sandbox/tokens', () => ({ tokens: [...state.tokens.keys()] }));
	server.post('/sandbox/tokens/revoke', () => ({ revoked: revokeTokens(state) }));
	server.get('/sandbox/settings', () => state.settings);
	server.patch('/sandbox/settings', body(SETTINGS_SCHEMA), (request) => {
		change(state.settings, request.body as SettingsChange);
		return state.settings;
	});
	server.post(
		'/sandbox/clock',
		body(object({ advance: { type: 'number', minimum: 0 } }, ['advance'])),
		(request) => {
			state.clockOffset += (request.body as { advance: number }).advance;
			return { offset: state.clockOffset };
		},
	);
	server.post('/sandbox/reset', (_request, reply) => {
		reset(parts);
		return reply.code(204).send();
	});
	done();
};

/** The dashboard: what the sandbox holds and what it was asked. It keeps itself up to date and shows no secret and no body. */
import { type FastifyPluginCallback } from 'fastify';
import { hasCredit } from '../model/credit.mts';
import { sessionsByEntity } from '../model/vendorRecordRows.mts';
import { allSessions } from '../model/sessions.mts';
import {
	type Entity,
	type RecordedRequest,
	type SessionRecord,
	type State,
	UNFINISHED,
} from '../model/state.mts';
import { type Delivery, type Destination } from '../webhooks/records.mts';
import { DASHBOARD, HEAD } from './dashboard-view.mts';
import { eta, frame, PAGE_HEADERS, tone } from './layout.mts';

/** Older rows are still in `/sandbox/requests` and `/sandbox/sessions`. */
const ROWS = 50;

const time = (iso: string) => iso.slice(11, 19);
const newest = <Row,>(rows: Row[]) => rows.slice(-ROWS).reverse();

function sessionRow(session: SessionRecord) {
	return {
		number: session.session_number,
		version: session.version,
		status: session.status,
		tone: tone(session.status),
		checked: session.workflow_label ?? session.features,
		vendorData: session.vendor_data ?? '–',
		created: time(session.created_at),
		history: session.history.map(({ status, at, by }) => `${time(at)} ${status} (${by})`),
		url: UNFINISHED.includes(session.status) ? session.url : null,
	};
}

const ENTITY_TONES = { ACTIVE: 'good', FLAGGED: 'wait', BLOCKED: 'bad' };

/** No names: those are what the sessions show. */
function entityRow({ kind, vendor_data, status, blocked, created_at }: Entity, sessions: number) {
	return {
		kind,
		vendorData: vendor_data ?? '–',
		status,
		tone: ENTITY_TONES[status],
		blocked,
		sessions,
		since: time(created_at),
	};
}

function requestRow({
	time: at,
	method,
	path,
	query,
	status,
	authorizationKind,
	credential,
	fault,
	dropped,
}: RecordedRequest) {
	// Values of a query can be somebody's name, so only the names of the parameters are shown.
	const parameters = [...new URLSearchParams(query).keys()].join(', ');
	return {
		at: time(at),
		method,
		path,
		parameters,
		credential: credential ? `${authorizationKind} ${credential}` : authorizationKind,
		fault,
		status: dropped ? 'dropped' : (status ?? '…'),
		tone: dropped || (status ?? 0) >= 400 ? 'bad' : status ? 'good' : '',
	};
}

function faultRow({
	id,
	method,
	path,
	latency,
	respond,
	drop,
	alter,
	times,
	applied,
}: State['faults'][number]) {
	const effects = [
		latency ? `waits ${latency} ms` : '',
		respond ? `answers ${respond.status}` : '',
		drop ? `drops the connection ${drop} processing` : '',
		alter?.status ? `changes the status to ${alter.status}` : '',
		alter?.omit ? `leaves out ${alter.omit.join(', ')}` : '',
		alter?.malformed ? 'cuts the JSON in half' : '',
	];
	return {
		id,
		where: `${method ?? 'any method'} ${path?.toString() ?? 'any address'}`,
		effect: effects.filter(Boolean).join(', '),
		used: `${applied} of ${times ?? 'any number'}`,
		over: applied >= (times ?? Infinity),
	};
}

function destinationRow({
	url,
	label,
	enabled,
	webhook_version,
	subscribed_events,
	previous,
}: Destination) {
	return {
		url: url.split('?')[0],
		label,
		enabled,
		version: webhook_version,
		events: subscribed_events.join(', '),
		rotated: previous !== null,
	};
}

const ATTEMPT_TONES = { pending: 'wait', delivered: 'good', failed: 'bad' };

function deliveryRow({
	created_at,
	webhook_type,
	status,
	url,
	test,
	resend_of,
	state,
	attempts,
}: Delivery) {
	return {
		at: time(created_at),
		type: webhook_type,
		status,
		url: url.split('?')[0],
		kind: test ? 'test' : resend_of ? 'sent again' : '',
		state,
		tone: ATTEMPT_TONES[state],
		answers: attempts.map((attempt) => attempt.status ?? attempt.error).join(', then '),
	};
}

export const dashboard: FastifyPluginCallback<{ state: State }> = (server, { state }, done) => {
	server.get('/', (_request, reply) => {
		const { tokenLifetime, authFailureStatus, callbackQuery, rateLimits, balance, noCreditStatus } =
			state.settings;
		const sessionsOf = sessionsByEntity(state);
		const data = {
			url: state.publicUrl,
			clientId: state.credentials.clientId,
			tokens: state.tokens.size,
			tokenLifetime,
			authFailureStatus,
			callbackQuery,
			rateLimits,
			balance,
			noCreditStatus,
			hasCredit: hasCredit(state),
			entities: newest(state.entities).map((entity) =>
				entityRow(entity, sessionsOf(entity).length),
			),
			entityCount: state.entities.length,
			mails: newest(state.mails).map(({ at, to, status, language }) => ({
				at: time(at),
				to: to.replace(/^(.)[^@]*/, '$1…'),
				status,
				language,
			})),
			mailCount: state.mails.length,
			sessions: newest(allSessions(state)).map(sessionRow),
			sessionCount: state.sessions.length,
			requests: newest(state.requests).map(requestRow),
			requestCount: state.requests.length,
			faults: state.faults.map(faultRow),
			rows: ROWS,
			destinations: state.destinations.map(destinationRow),
			legacyUrl: state.webhookConfig.webhook_url,
			deliveries: newest(state.deliveries).map(deliveryRow),
			deliveryCount: state.deliveries.length,
		};
		return reply
			.headers(PAGE_HEADERS)
			.send(frame('Didit sandbox', eta.renderString(DASHBOARD, data), HEAD));
	});
	done();
};

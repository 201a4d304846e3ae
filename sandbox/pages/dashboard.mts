/** The dashboard: how to get in, what the sandbox holds and which requests it got. It updates itself and shows no body. */
import { type FastifyPluginCallback } from 'fastify';
import { type Fault } from '../faults/faults.mts';
import { hasCredit } from '../model/credit.mts';
import { sessionsByVendorRecord } from '../model/vendorRecordRows.mts';
import { allSessions } from '../model/sessions.mts';
import {
	type Email,
	type VendorStatus,
	type VendorRecord,
	type RecordedRequest,
	type SessionRecord,
	UNFINISHED,
} from '../model/records.mts';
import { type Parts } from '../parts.mts';
import { type Delivery, type Destination } from '../webhooks/records.mts';
import { PAGE_HEADERS, render, type Tone, tone } from './render.mts';

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
		checks: session.workflow_label ?? session.features,
		vendorData: session.vendor_data ?? '–',
		created: time(session.created_at),
		history: session.history.map(({ status, at, by }) => `${time(at)} ${status} (${by})`),
		url: UNFINISHED.includes(session.status) ? session.url : null,
	};
}

const VENDOR_TONES: Record<VendorStatus, Tone> = {
	ACTIVE: 'good',
	FLAGGED: 'wait',
	BLOCKED: 'bad',
};

/** No names: those are what the sessions show. */
function vendorRecordRow(
	{ kind, vendor_data, status, blocked, created_at }: VendorRecord,
	sessions: number,
) {
	return {
		kind,
		vendorData: vendor_data ?? '–',
		status,
		tone: VENDOR_TONES[status],
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
	// A query's values can hold someone's name, so only the names of its parameters are shown.
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

function faultRow({ id, method, path, latency, respond, drop, alter, times, applied }: Fault) {
	const effects = [
		latency ? `waits ${latency} ms` : '',
		respond ? `responds with ${respond.status}` : '',
		drop ? `drops the connection ${drop} processing` : '',
		alter?.status ? `changes the status to ${alter.status}` : '',
		alter?.omit ? `leaves out ${alter.omit.join(', ')}` : '',
		alter?.malformed ? 'cuts the JSON in half' : '',
	];
	return {
		id,
		where: `${method ?? 'any method'} ${path?.toString() ?? 'any path'}`,
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

const DELIVERY_TONES: Record<Delivery['state'], Tone> = {
	pending: 'wait',
	delivered: 'good',
	failed: 'bad',
};

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
		event: status ? `${webhook_type}: ${status}` : webhook_type,
		url: url.split('?')[0],
		kind: test ? 'test' : resend_of ? 'resent' : '',
		state,
		tone: DELIVERY_TONES[state],
		responses: attempts.map((attempt) => attempt.status ?? attempt.error).join(', then '),
	};
}

/** No more of an address than tells two people apart. */
function emailRow({ at, to, status, language }: Email) {
	return { at: time(at), to: to.replace(/^(.)[^@]*/, '$1…'), status, language };
}

const LIMITS = ['create', 'get', 'write', 'decision', 'pdf', 'data'] as const;

function dashboardData({ state, webhooks, faults }: Parts): object {
	const { tokenLifetime, authFailureStatus, rateLimits, balance, noCreditStatus } = state.settings;
	const sessionsOf = sessionsByVendorRecord(state);
	return {
		url: state.publicUrl,
		...state.credentials,
		tokens: state.tokens.size,
		tokenLifetime,
		authFailureStatus,
		balance,
		hasCredit: hasCredit(state),
		noCreditStatus,
		limits: LIMITS.map((name) => ({ name, limit: rateLimits[name] ?? 'off' })),
		windowSeconds: rateLimits.windowSeconds,
		sessions: newest(allSessions(state)).map(sessionRow),
		sessionCount: state.sessions.length,
		vendorRecords: newest(state.vendorRecords).map((record) =>
			vendorRecordRow(record, sessionsOf(record).length),
		),
		vendorRecordCount: state.vendorRecords.length,
		requests: newest(state.requests).map(requestRow),
		requestCount: state.requests.length,
		rows: ROWS,
		destinations: webhooks.destinations.map(destinationRow),
		legacyUrl: webhooks.config.webhook_url,
		deliveries: newest(webhooks.deliveries).map(deliveryRow),
		deliveryCount: webhooks.deliveries.length,
		emails: newest(state.emails).map(emailRow),
		emailCount: state.emails.length,
		faults: faults.list.map(faultRow),
	};
}

export const dashboard: FastifyPluginCallback<Parts> = (server, parts, done) => {
	server.get('/', (_request, reply) =>
		reply.headers(PAGE_HEADERS).send(render('dashboard', dashboardData(parts))),
	);
	done();
};

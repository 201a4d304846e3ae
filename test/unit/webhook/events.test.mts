/** What is read from each kind of webhook payload. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import contract from '../../../contract/didit-v3.json';
import v1Approved from '../../fixtures/v1_webhook_approved.json';
import v1InProgress from '../../fixtures/v1_webhook_in_progress.json';
import v1NotStarted from '../../fixtures/v1_webhook_not_started.json';
import v2Decision from '../../fixtures/v2_decision_approved_200.json';
import abandoned from '../../fixtures/v3_webhook_abandoned.json';
import approved from '../../fixtures/v3_webhook_approved.json';
import dataUpdated from '../../fixtures/v3_webhook_data_updated.json';
import declined from '../../fixtures/v3_webhook_declined.json';
import inProgress from '../../fixtures/v3_webhook_in_progress.json';
import {
	EVENTS,
	isTooOld,
	MAX_EVENT_AGE_SECONDS,
	parseBody,
	readEvent,
} from '../../../nodes/Didit/webhook/events.ts';
import { many } from '../../support/many.mts';

const SESSION = '11111111-2222-4333-8444-555555555555';
const WORKFLOW = 'cccccccc-0000-4000-8000-000000000003';
const HASH = /^[0-9a-f]{64}$/;

it('knows every event that Didit sends to a destination', () => {
	expect(Object.keys(EVENTS).sort()).toEqual([...contract.$defs.WebhookEventName.enum].sort());
});

it('reads a version 3 status event', () => {
	expect(readEvent(approved)).toEqual({
		type: 'status.updated',
		subject: 'session',
		sessionId: SESSION,
		status: 'Approved',
		kind: 'user',
		environment: 'sandbox',
		workflowId: WORKFLOW,
		timestamp: 1790000000,
		isTest: false,
		decision: approved.decision,
		key: approved.event_id,
		contentKey: expect.stringMatching(HASH),
	});
});

it('reads events without a decision', () => {
	expect(readEvent(inProgress)).toMatchObject({
		type: 'status.updated',
		status: 'In Progress',
		decision: null,
		kind: 'user',
	});
	expect(readEvent({ ...inProgress, decision: null }).decision).toBeNull();
	expect(readEvent({ ...inProgress, decision: 'none' }).decision).toBeNull();
});

it('tells a change of data from a change of status', () => {
	expect(readEvent(dataUpdated).type).toBe('data.updated');
});

it('reads a version 2 event', () => {
	expect(readEvent({ ...approved, decision: v2Decision })).toMatchObject({
		sessionId: SESSION,
		kind: 'user',
		decision: v2Decision,
	});
});

it.each([
	['approved', v1Approved, 'Approved', v1Approved.decision],
	['in progress', v1InProgress, 'In Progress', null],
	['not started', v1NotStarted, 'Not Started', null],
])('reads a version 1 event, which names no type: %s', (_name, payload, status, decision) => {
	expect(readEvent(payload)).toEqual({
		type: 'status.updated',
		subject: 'session',
		sessionId: SESSION,
		status,
		kind: 'user',
		environment: null,
		workflowId: null,
		timestamp: 1736240400,
		isTest: false,
		decision,
		key: expect.stringMatching(HASH),
		contentKey: expect.stringMatching(HASH),
	});
});

it('reads a business session', () => {
	expect(readEvent({ ...inProgress, session_kind: 'business' }).kind).toBe('business');
	expect(readEvent({ ...inProgress, business_session_id: 'b-1' }).kind).toBe('business');
	expect(
		readEvent({ ...approved, decision: { ...approved.decision, session_kind: 'business' } }).kind,
	).toBe('business');
});

it.each([
	['user.status.updated', 'user', 'user'],
	['business.status.updated', 'business', 'business'],
	['user.data.updated', 'user', 'user'],
	['business.data.updated', 'business', 'business'],
	['transaction.created', 'transaction', null],
	['activity.created', 'other', null],
	['something.new', 'other', null],
])('reads an event without a session: %s', (type, subject, kind) => {
	const payload = {
		webhook_type: type,
		timestamp: 1790000000,
		vendor_data: 'user-42',
		status: 'BLOCKED',
		previous_status: 'ACTIVE',
		environment: 'live',
	};
	expect(readEvent(payload)).toMatchObject({
		type,
		subject,
		kind,
		sessionId: null,
		status: 'BLOCKED',
		environment: 'live',
		key: expect.stringMatching(HASH),
	});
});

it('names no type of an event that says neither its type nor a status of a session', () => {
	expect(readEvent({ session_id: SESSION })).toMatchObject({ type: null, subject: 'session' });
	expect(readEvent({ status: 'Approved' })).toMatchObject({ type: null, subject: 'other' });
});

it('takes what happened to a transaction of a session for no event of a person', () => {
	const event = { webhook_type: 'transaction.created', session_id: SESSION };
	expect(readEvent(event)).toMatchObject({ subject: 'transaction', kind: null });
});

it('reads an unknown event about a session as a session event', () => {
	expect(readEvent({ ...inProgress, webhook_type: 'session.renamed' })).toMatchObject({
		type: 'session.renamed',
		subject: 'session',
		sessionId: SESSION,
	});
});

it('reads the unsigned answer of a register search as what it is', () => {
	expect(
		readEvent({ event_type: 'kyb.registry_search.resolved', request_id: SESSION }),
	).toMatchObject({
		type: 'kyb.registry_search.resolved',
		subject: 'other',
		kind: null,
	});
});

it('marks deliveries of the console test, by the header and the signed mark together [T323]', () => {
	const marked = { ...approved, metadata: { test_webhook: true } };
	expect(readEvent(marked, { isTest: true }).isTest).toBe(true);
	// A visitor's metadata, or a header that a recorded delivery was sent again with.
	expect(readEvent(marked).isTest).toBe(false);
	expect(readEvent(approved, { isTest: true }).isTest).toBe(false);
	const almost = { ...approved, metadata: { test_webhook: 'true' } };
	expect(readEvent(almost, { isTest: true }).isTest).toBe(false);
});

describe('the keys of an event', () => {
	const withoutId = (payload: Record<string, unknown>) => ({ ...payload, event_id: undefined });

	it('stay the same when it is delivered again', () => {
		expect(readEvent(structuredClone(approved))).toEqual(readEvent(approved));
		expect(readEvent(withoutId(approved)).key).toBe(readEvent(approved).contentKey);
	});

	it('are both the same without event_id, and contentKey is when only event_id is new', () => {
		const again = readEvent({ ...approved, event_id: 'dddddddd-0000-4000-8000-000000000009' });
		expect(again.key).not.toBe(readEvent(approved).key);
		expect(again.contentKey).toBe(readEvent(approved).contentKey);
	});

	it('do not change with the short-lived links inside the decision', () => {
		const text = JSON.stringify(withoutId(approved));
		const again = JSON.parse(
			text.replaceAll('X-Amz-Expires=3600', 'X-Amz-Expires=3599'),
		) as unknown;
		expect(again).not.toEqual(JSON.parse(text));
		expect(readEvent(again).key).toBe(readEvent(withoutId(approved)).key);
	});

	it('differ for another session, type, time or status', () => {
		const others = [
			approved,
			{ ...approved, session_id: '22222222-2222-4333-8444-555555555555' },
			dataUpdated,
			{ ...approved, timestamp: 1790000001 },
			declined,
			abandoned,
			inProgress,
			v1Approved,
			v1InProgress,
		];
		expect(new Set(others.map((payload) => readEvent(withoutId(payload)).key)).size).toBe(
			others.length,
		);
	});

	it('stay the same when a proxy writes the body with its keys in another order [T325]', () => {
		const reordered = (value: unknown): unknown =>
			typeof value === 'object' && value !== null && !Array.isArray(value)
				? Object.fromEntries(
						Object.entries(value)
							.reverse()
							.map(([name, inner]) => [name, reordered(inner)]),
					)
				: value;
		const user = {
			webhook_type: 'user.status.updated',
			timestamp: 1790000000,
			vendor_data: 'user-1',
			status: 'BLOCKED',
			changes: { status: { to: 'BLOCKED', from: 'ACTIVE' } },
		};
		expect(JSON.stringify(reordered(user))).not.toBe(JSON.stringify(user));
		expect(readEvent(reordered(user)).key).toBe(readEvent(user).key);
		expect(readEvent({ ...user, changes: { status: { to: 'ACTIVE' } } }).key).not.toBe(
			readEvent(user).key,
		);
	});

	it('differ for two people in the same second, when the event has no session', () => {
		const about = (vendor: string, id?: string) =>
			readEvent({
				webhook_type: 'user.status.updated',
				timestamp: 1790000000,
				vendor_data: vendor,
				status: 'BLOCKED',
				event_id: id,
			});
		expect(about('user-1').key).not.toBe(about('user-2').key);
		expect(about('user-1').key).toBe(about('user-1').key);
		expect(about('user-1', 'a').contentKey).toBe(about('user-1', 'b').contentKey);
	});
});

it('tells an old recording by its signed timestamp, and lets a retry pass', () => {
	const event = readEvent(approved);
	const sent = 1790000000 * 1000;
	expect(isTooOld(event, sent)).toBe(false);
	expect(isTooOld(event, sent + 10 * 60 * 1000)).toBe(false);
	expect(isTooOld(event, sent + MAX_EVENT_AGE_SECONDS * 1000)).toBe(false);
	expect(isTooOld(event, sent + (MAX_EVENT_AGE_SECONDS + 1) * 1000)).toBe(true);
	expect(isTooOld(event, sent + 61_000, 60)).toBe(true);
	expect(isTooOld(readEvent({ ...approved, timestamp: undefined }), sent * 2)).toBe(false);
});

it('reads a body from its bytes, and no body from what is no JSON', () => {
	expect(parseBody(Buffer.from(JSON.stringify(approved)))).toEqual(approved);
	expect(parseBody(Buffer.from('null'))).toBeNull();
	for (const text of ['', '{', 'a=b', '\ufeff{}'])
		expect(parseBody(Buffer.from(text))).toBeUndefined();
});

it('reads no body with bytes that are no UTF-8, which would turn two people into one [T356]', () => {
	const [start, end] = JSON.stringify({ ...approved, vendor_data: '#' }).split('#');
	for (const byte of [0xff, 0xfe, 0xc3]) {
		const body = Buffer.concat([Buffer.from(start), Buffer.from([byte]), Buffer.from(end)]);
		expect(parseBody(body)).toBeUndefined();
	}
});

it('never throws, whatever the payload is, and always gives it a key', () => {
	const field = fc.constantFrom(
		'webhook_type',
		'session_id',
		'status',
		'event_id',
		'timestamp',
		'metadata',
		'decision',
		'environment',
		'session_kind',
	);
	fc.assert(
		fc.property(
			fc.oneof(fc.jsonValue(), fc.dictionary(field, fc.jsonValue()), fc.anything()),
			(payload) => {
				const event = readEvent(payload);
				assert(event.key.length > 0);
				assert.match(event.contentKey, HASH);
			},
		),
		{ numRuns: many(2000) },
	);
	const deep: unknown = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000));
	expect(readEvent({ webhook_type: 'user.data.updated', changes: deep }).key).toMatch(HASH);
});

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
	'takes the type %s for an unknown one',
	(type) => {
		expect(readEvent({ webhook_type: type })).toMatchObject({ type, subject: 'other' });
	},
);

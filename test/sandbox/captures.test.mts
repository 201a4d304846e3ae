/** Payloads that third parties captured from Didit in 2026: the contract takes them, and the sandbox sends the same keys. */
import { payloadErrors, responseErrors } from '../../contract/index.mts';
import notStarted from '../fixtures/v3_decision_not_started_2026_08_200.json';
import testOfSession from '../fixtures/v3_webhook_console_test_status.json';
import testOfUser from '../fixtures/v3_webhook_console_test_user_status.json';
import { call, create, v3 } from './client.mts';
import { withWebhooks } from './webhookClient.mts';

const { sandbox, receiver, subscribe } = withWebhooks();

/** The keys at every depth, but for those of free data. */
function keys(value: unknown, at = ''): string[] {
	if (Array.isArray(value)) return [...new Set(value.flatMap((entry) => keys(entry, `${at}[]`)))];
	if (typeof value !== 'object' || value === null || /metadata$|extra_fields$/.test(at)) return [];
	return Object.entries(value).flatMap(([key, inner]) => [
		`${at}.${key}`,
		...keys(inner, `${at}.${key}`),
	]);
}

it('the decision of a session that nobody has opened has every key that Didit sends, with the same nothing', async () => {
	expect(responseErrors('v3', 'session.decision', 200, notStarted)).toEqual([]);
	const { session_id } = await create(sandbox());
	const { body } = await v3(sandbox(), 'GET', `/v3/session/${session_id}/decision/`);
	const sent = Object.keys(body);
	expect(Object.keys(notStarted).filter((key) => !sent.includes(key))).toEqual([]);
	// This one came later than the capture.
	expect(sent.filter((key) => !Object.keys(notStarted).includes(key))).toEqual(['status_override']);
	for (const [key, value] of Object.entries(notStarted))
		if (value === null) expect([key, body[key] ?? null]).toEqual([key, null]);
});

it.each([
	['status.updated', testOfSession],
	['user.status.updated', testOfUser],
])('what the console sends to try %s has the shape of the captured one', async (type, captured) => {
	expect(payloadErrors('test', type, captured)).toEqual([]);
	// A real event never looks like this, so that the two can't be mistaken.
	expect(payloadErrors('v3', type, captured)).not.toEqual([]);
	const { uuid: destination } = await subscribe();
	await call(sandbox(), 'POST', '/sandbox/webhooks/test', {
		body: { destination, webhook_type: type },
	});
	const [{ body, headers }] = await receiver().arrived(1);
	expect(headers['x-didit-test-webhook']).toBe('true');
	expect(keys(body).sort()).toEqual(keys(captured).sort());
});

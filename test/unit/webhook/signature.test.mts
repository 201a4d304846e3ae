/** Which deliveries are believed: thousands signed by Python, and every way of forging or damaging one. */
import assert from 'node:assert/strict';
import crypto, { createHmac } from 'node:crypto';
import fc from 'fast-check';
import vectors from '../../fixtures/signature_vectors.json';
import approved from '../../fixtures/v3_webhook_approved.json';
import {
	REFUSALS,
	refusedByForm,
	verifySignature,
	type SignatureResult,
} from '../../../nodes/Didit/webhook/signature.ts';
import { leastTimeOf } from '../../support/processorTime.mts';
import { generateDeliveries, signBodies, type GeneratedDelivery } from '../../support/python.mts';
import { rawJson } from '../../support/rawJson.mts';
import { anyText } from '../../support/arbitraries.mts';
import { many } from '../../support/many.mts';

const SENT = 1790000000;
const NOW = SENT * 1000;
const SECRET = 'made_up_webhook_secret_0123456789abcdefghijk';
const COUNT = many(6000);

const bytes = (base64: string) => Buffer.from(base64, 'base64');
const sign = (body: string | Buffer, secret = SECRET) =>
	createHmac('sha256', secret).update(body).digest('hex');

function check(
	rawBody: Buffer | string,
	headers: Record<string, unknown>,
	secret: string = SECRET,
): SignatureResult {
	return verifySignature(
		{
			rawBody: Buffer.from(rawBody as string),
			headers: { 'x-timestamp': String(SENT), ...headers },
			now: NOW,
		},
		secret,
	);
}

/** Changes one hexadecimal digit, each time another one. */
function changedDigit(signature: string, number: number): string {
	const index = number % signature.length;
	return (
		signature.slice(0, index) + (signature[index] === '0' ? '1' : '0') + signature.slice(index + 1)
	);
}

/** How many of the cases came out as told, so that a failure says how many and not only which. */
function countOf<T>(
	cases: T[],
	outcome: (item: T, index: number) => SignatureResult,
	expected: SignatureResult,
): number {
	return cases.filter(
		(item, index) => JSON.stringify(outcome(item, index)) === JSON.stringify(expected),
	).length;
}

it.each(vectors)('accepts the documented delivery $name by either signature', (vector) => {
	const headers = { 'x-timestamp': vector.x_timestamp };
	const verify = (signature: Record<string, string>) =>
		check(vector.raw_body, { ...headers, ...signature }, vector.secret);
	expect(verify({ 'x-signature': vector.x_signature })).toEqual({ ok: true });
	expect(verify({ 'x-signature-v2': vector.x_signature_v2 })).toEqual({ ok: true });
	expect(verify({ 'x-signature-simple': vector.x_signature_simple })).toEqual({
		ok: false,
		reason: 'missing_signature',
	});
});

describe('6000 payloads signed by Python', () => {
	const wrong = { ok: false, reason: 'wrong_signature' } as const;
	const genuine = { ok: true } as const;
	let cases: GeneratedDelivery[];

	beforeAll(() => {
		cases = generateDeliveries(20260921, COUNT);
		expect(cases).toHaveLength(COUNT);
		expect(new Set(cases.map(({ signature }) => signature)).size).toBe(COUNT);
	});

	it('are all accepted by X-Signature alone', () => {
		const outcome = (c: GeneratedDelivery) =>
			check(bytes(c.raw), { 'x-signature': c.signature }, c.secret);
		expect(countOf(cases, outcome, genuine)).toBe(COUNT);
	});

	it('are all accepted by X-Signature-V2 alone', () => {
		const outcome = (c: GeneratedDelivery) =>
			check(bytes(c.raw), { 'x-signature-v2': c.signature_v2 }, c.secret);
		expect(countOf(cases, outcome, genuine)).toBe(COUNT);
	});

	it('are all accepted by X-Signature-V2 when a proxy has re-written the body, and never by X-Signature', () => {
		const rewritten = cases.flatMap((c) =>
			c.rewritten.map((body) => ({ ...c, body: bytes(body) })),
		);
		expect(rewritten).toHaveLength(3 * COUNT);
		expect(
			countOf(
				rewritten,
				(c) =>
					check(c.body, { 'x-signature-v2': c.signature_v2, 'x-signature': c.signature }, c.secret),
				genuine,
			),
		).toBe(3 * COUNT);
		expect(
			countOf(rewritten, (c) => check(c.body, { 'x-signature': c.signature }, c.secret), wrong),
		).toBe(3 * COUNT);
	});

	it('are all refused with one changed byte in the body [T5]', () => {
		expect(
			countOf(
				cases,
				(c) => check(bytes(c.damaged), { 'x-signature': c.signature }, c.secret),
				wrong,
			),
		).toBe(COUNT);
		expect(
			countOf(
				cases,
				(c) => check(bytes(c.damaged), { 'x-signature-v2': c.signature_v2 }, c.secret),
				wrong,
			),
		).toBe(COUNT);
	});

	it('are all refused with one changed digit in the signature', () => {
		const outcome = (c: GeneratedDelivery, index: number) =>
			check(
				bytes(c.raw),
				{
					'x-signature': changedDigit(c.signature, index),
					'x-signature-v2': changedDigit(c.signature_v2 ?? '', index),
				},
				c.secret,
			);
		expect(countOf(cases, outcome, wrong)).toBe(COUNT);
	});

	it('are all refused with one changed character in the secret', () => {
		const outcome = (c: GeneratedDelivery, index: number) =>
			check(
				bytes(c.raw),
				{ 'x-signature': c.signature, 'x-signature-v2': c.signature_v2 },
				`${c.secret.slice(0, -1)}${'ghijk'[index % 5]}`,
			);
		expect(countOf(cases, outcome, wrong)).toBe(COUNT);
	});

	it('are all refused 601 seconds early or late', () => {
		const outcome = (c: GeneratedDelivery, index: number) =>
			check(
				bytes(c.raw),
				{
					'x-signature': c.signature,
					'x-signature-v2': c.signature_v2,
					'x-timestamp': String(SENT + (index % 2 ? 601 : -601)),
				},
				c.secret,
			);
		expect(countOf(cases, outcome, { ok: false, reason: 'stale_timestamp' })).toBe(COUNT);
	});
});

it('accepts 2,000 odd JSON texts by the X-Signature-V2 that Python computes, and none by that of the next text', () => {
	const texts = fc.sample(rawJson, { seed: 7, numRuns: many(2000) });
	const cases = signBodies(texts, SECRET);
	const accepted = cases.filter(
		(c) => check(bytes(c.raw), { 'x-signature-v2': c.signature_v2 }).ok,
	);
	expect(accepted).toHaveLength(texts.length);
	const pairs = cases
		.map((c, index) => ({ ...c, other: cases[(index + 1) % cases.length] }))
		.filter((c) => c.canonical !== c.other.canonical);
	expect(pairs.length).toBeGreaterThan(texts.length / 2);
	expect(
		pairs.filter((c) => check(bytes(c.raw), { 'x-signature-v2': c.other.signature_v2 }).ok),
	).toEqual([]);
});

const body = JSON.stringify(approved);
const signature = sign(body);

const timed = (timestamp: unknown) => JSON.stringify({ ...approved, timestamp });
const untimed = timed(undefined);

it('judges a delivery whose X-Timestamp a proxy has dropped by the signed timestamp in the body [T316]', () => {
	const [{ signature_v2: v2 }] = signBodies([body], SECRET);
	for (const timestamp of [undefined, '']) {
		expect(check(body, { 'x-signature': signature, 'x-timestamp': timestamp }).ok).toBe(true);
		expect(check(body, { 'x-signature-v2': v2, 'x-timestamp': timestamp }).ok).toBe(true);
	}
});

it('looks at the form of a call before it does any work [T311]', () => {
	const work = jest.spyOn(crypto, 'createHmac');
	const large = Buffer.alloc(3 * 1024 * 1024, '1');
	const forms: Array<[Buffer, Record<string, unknown>]> = [
		[Buffer.from(body), { 'x-signature': signature.toUpperCase() }],
		[Buffer.from(body), { 'x-signature': signature.slice(1) }],
		[Buffer.from(body), { 'x-signature-v2': 'junk' }],
		[Buffer.from(body), { 'x-signature-v2': [signature] }],
		[Buffer.from(body), { 'x-signature-v2': `sha256=${signature}` }],
		[large, { 'x-signature': signature, 'x-signature-v2': signature }],
	];
	for (const [rawBody, headers] of forms) {
		const delivery = { rawBody, headers: { 'x-timestamp': String(SENT), ...headers }, now: NOW };
		expect(refusedByForm(delivery)).toBe('wrong_signature');
		expect(verifySignature(delivery, SECRET).ok).toBe(false);
	}
	expect(work).not.toHaveBeenCalled();
	work.mockRestore();
});

it('accepts a good signature beside a malformed one', () => {
	expect(check(body, { 'x-signature': signature, 'x-signature-v2': 'junk' })).toEqual({ ok: true });
});

it('accepts two megabytes by X-Signature, a quarter of one by X-Signature-V2, and no byte more', () => {
	const ofLength = (length: number) => '{"a":1}'.padEnd(length);
	const byRaw = (length: number) =>
		check(ofLength(length), { 'x-signature': sign(ofLength(length)) }).ok;
	const byCanonical = (length: number) =>
		check(ofLength(length), { 'x-signature-v2': sign('{"a":1}') }).ok;
	expect([2 * 1024 * 1024, 2 * 1024 * 1024 + 1].map(byRaw)).toEqual([true, false]);
	expect([256 * 1024, 256 * 1024 + 1].map(byCanonical)).toEqual([true, false]);
});

it('spends no time on half a megabyte of numbers that would be fifty times as long when written out [T312]', () => {
	const usual = Buffer.from(`[${'12345,'.repeat(40_000)}0]`);
	const time = (body: Buffer) => leastTimeOf(() => check(body, { 'x-signature-v2': signature }));
	for (const number of ['1e308', '9e307', '1E+300', '-1e299', '1e22']) {
		const hostile = Buffer.from(`[${`${number},`.repeat(40_000)}0]`).subarray(0, 250_000);
		expect(check(hostile, { 'x-signature-v2': signature }).ok).toBe(false);
		expect(time(hostile)).toBeLessThan(2 * Math.max(time(usual), 1));
	}
});

describe('a forged or damaged delivery is refused', () => {
	const large = `{"session_id":"x","padding":"${'x'.repeat(10_000_000)}"}`;
	const cases: Array<[string, string | Buffer, Record<string, unknown>, keyof typeof REFUSALS]> = [
		[
			'signed with another secret',
			body,
			{ 'x-signature': sign(body, 'another') },
			'wrong_signature',
		],
		[
			'signed with the secret in capitals',
			body,
			{ 'x-signature': sign(body, SECRET.toUpperCase()) },
			'wrong_signature',
		],
		['signed with an empty secret', body, { 'x-signature': sign(body, '') }, 'wrong_signature'],
		[
			'with another status',
			body.replace('"Approved"', '"Declined"'),
			{ 'x-signature': signature },
			'wrong_signature',
		],
		['with a space more', `${body} `, { 'x-signature': signature }, 'wrong_signature'],
		['with a byte less', body.slice(0, -1), { 'x-signature': signature }, 'wrong_signature'],
		[
			'with the message "timestamp:body" of other webhooks',
			body,
			{ 'x-signature': sign(`${SENT}:${body}`) },
			'wrong_signature',
		],
		[
			'with the message "timestamp.body" of other webhooks',
			body,
			{ 'x-signature': sign(`${SENT}.${body}`) },
			'wrong_signature',
		],
		[
			'with a plain hash',
			body,
			{ 'x-signature': createHmac('sha256', '').update(body).digest('hex') },
			'wrong_signature',
		],
		[
			'with a shorter signature',
			body,
			{ 'x-signature': signature.slice(0, 63) },
			'wrong_signature',
		],
		['with a longer signature', body, { 'x-signature': `${signature}0` }, 'wrong_signature'],
		['with one letter as signature', body, { 'x-signature': 'a' }, 'wrong_signature'],
		[
			'with a signature of a megabyte',
			body,
			{ 'x-signature': 'a'.repeat(1_000_000) },
			'wrong_signature',
		],
		[
			'with 64 letters of two bytes as signature',
			body,
			{ 'x-signature': 'é'.repeat(64) },
			'wrong_signature',
		],
		[
			'with 32 letters of two bytes as signature',
			body,
			{ 'x-signature': 'é'.repeat(32) },
			'wrong_signature',
		],
		[
			'with the signature in capitals',
			body,
			{ 'x-signature': signature.toUpperCase() },
			'wrong_signature',
		],
		[
			'with the signature in base64',
			body,
			{ 'x-signature': Buffer.from(signature, 'hex').toString('base64') },
			'wrong_signature',
		],
		[
			'with "sha256=" before the signature',
			body,
			{ 'x-signature': `sha256=${signature}` },
			'wrong_signature',
		],
		[
			'with two signatures in one header',
			body,
			{ 'x-signature': `${signature}, ${signature}` },
			'wrong_signature',
		],
		[
			'with two signature headers',
			body,
			{ 'x-signature': [signature, signature] },
			'wrong_signature',
		],
		[
			'with the raw signature as X-Signature-V2 of a spaced body',
			JSON.stringify(approved, null, 1),
			{ 'x-signature-v2': sign(JSON.stringify(approved, null, 1)) },
			'wrong_signature',
		],
		[
			'with X-Signature-Simple only',
			body,
			{ 'x-signature-simple': sign(`${SENT}:${approved.session_id}:Approved:status.updated`) },
			'missing_signature',
		],
		[
			'with X-Signature-Simple in place of X-Signature',
			body,
			{ 'x-signature': sign(`${SENT}:${approved.session_id}:Approved:status.updated`) },
			'wrong_signature',
		],
		[
			'with X-Signature-Simple-Previous only',
			body,
			{ 'x-signature-simple-previous': signature },
			'missing_signature',
		],
		[
			'with Authorization in place of a signature',
			body,
			{ authorization: `Bearer ${SECRET}` },
			'missing_signature',
		],
		['without any signature', body, {}, 'missing_signature'],
		['with an empty signature', body, { 'x-signature': '' }, 'missing_signature'],
		['without a body', '', { 'x-signature': sign('') }, 'missing_body'],
		[
			'replayed after eleven minutes',
			body,
			{ 'x-signature': signature, 'x-timestamp': String(SENT - 660) },
			'stale_timestamp',
		],
		[
			'from the future',
			body,
			{ 'x-signature': signature, 'x-timestamp': String(SENT + 660) },
			'stale_timestamp',
		],
		[
			'with a timestamp in milliseconds',
			body,
			{ 'x-signature': signature, 'x-timestamp': String(NOW) },
			'stale_timestamp',
		],
		[
			'without a timestamp in header and body',
			untimed,
			{ 'x-signature': sign(untimed), 'x-timestamp': undefined },
			'missing_timestamp',
		],
		[
			'with an empty timestamp and none in the body',
			untimed,
			{ 'x-signature': sign(untimed), 'x-timestamp': '' },
			'missing_timestamp',
		],
		[
			'without the header, of eleven minutes ago',
			timed(SENT - 660),
			{ 'x-signature': sign(timed(SENT - 660)), 'x-timestamp': undefined },
			'stale_timestamp',
		],
		[
			'without the header, from the future',
			timed(SENT + 660),
			{ 'x-signature': sign(timed(SENT + 660)), 'x-timestamp': undefined },
			'stale_timestamp',
		],
		[
			'without the header, with a timestamp in the body that is text',
			timed(String(SENT)),
			{ 'x-signature': sign(timed(String(SENT))), 'x-timestamp': undefined },
			'missing_timestamp',
		],
		[
			'without the header, with a fresh timestamp that is not signed',
			timed(SENT),
			{ 'x-signature': sign(timed(SENT - 7200)), 'x-timestamp': undefined },
			'wrong_signature',
		],
		[
			'with a timestamp in words',
			body,
			{ 'x-signature': signature, 'x-timestamp': 'now' },
			'missing_timestamp',
		],
		[
			'with a fraction as timestamp',
			body,
			{ 'x-signature': signature, 'x-timestamp': `${SENT}.5` },
			'missing_timestamp',
		],
		[
			'with a hexadecimal timestamp',
			body,
			{ 'x-signature': signature, 'x-timestamp': `0x${SENT.toString(16)}` },
			'missing_timestamp',
		],
		[
			'with an exponent in the timestamp',
			body,
			{ 'x-signature': signature, 'x-timestamp': '179e7' },
			'missing_timestamp',
		],
		[
			'with a space in the timestamp',
			body,
			{ 'x-signature': signature, 'x-timestamp': ` ${SENT}` },
			'missing_timestamp',
		],
		[
			'with Arabic digits as timestamp',
			body,
			{ 'x-signature': signature, 'x-timestamp': '١٧٩٠٠٠٠٠٠٠' },
			'missing_timestamp',
		],
		[
			'with an endless timestamp',
			body,
			{ 'x-signature': signature, 'x-timestamp': '1'.repeat(400) },
			'missing_timestamp',
		],
		[
			'with two timestamps',
			body,
			{ 'x-signature': signature, 'x-timestamp': [String(SENT), String(SENT)] },
			'missing_timestamp',
		],
		[
			'with a timestamp that is a number',
			body,
			{ 'x-signature': signature, 'x-timestamp': SENT },
			'missing_timestamp',
		],
		[
			'in UTF-16',
			Buffer.from(body, 'utf16le'),
			{ 'x-signature': signature, 'x-signature-v2': signature },
			'wrong_signature',
		],
		[
			'in Latin-1',
			Buffer.from(body, 'latin1'),
			{ 'x-signature': signature, 'x-signature-v2': sign(body) },
			'wrong_signature',
		],
		[
			'with a byte order mark',
			`\ufeff${body}`,
			{ 'x-signature': signature, 'x-signature-v2': signature },
			'wrong_signature',
		],
		[
			'that is no JSON',
			'session_id=1&status=Approved',
			{ 'x-signature-v2': signature },
			'wrong_signature',
		],
		[
			'that is cut off',
			body.slice(0, 500),
			{ 'x-signature': signature, 'x-signature-v2': signature },
			'wrong_signature',
		],
		[
			'that is cut off inside a letter',
			Buffer.from(body).subarray(0, Buffer.from(body).indexOf('ú') + 1),
			{ 'x-signature-v2': signature },
			'wrong_signature',
		],
		['of zero bytes', Buffer.alloc(1000), { 'x-signature-v2': signature }, 'wrong_signature'],
		[
			'of bytes that are no text',
			Buffer.from([0x22, 0xff, 0xfe, 0xc0, 0x22]),
			{ 'x-signature-v2': sign('"\ufffd\ufffd\ufffd"') },
			'wrong_signature',
		],
		[
			'of ten megabytes',
			large,
			{ 'x-signature': signature, 'x-signature-v2': signature },
			'wrong_signature',
		],
		[
			'of ten megabytes of opening brackets',
			'['.repeat(10_000_000),
			{ 'x-signature-v2': signature },
			'wrong_signature',
		],
		[
			'of ten megabytes of backslashes',
			`"${'\\'.repeat(10_000_000)}`,
			{ 'x-signature-v2': signature },
			'wrong_signature',
		],
	];

	// By number, because it.each writes out what it is given for the name of the test.
	const numbered = cases.map(([name], index) => [name, index] as const);

	it.each(numbered)('%s', (_name, index) => {
		const [, rawBody, headers, reason] = cases[index];
		expect(check(rawBody, headers)).toEqual({ ok: false, reason });
	});

	it.each(numbered)('and again through n8n without a secret: %s [T11]', (_name, index) => {
		const [, text, headers] = cases[index];
		const rawBody = Buffer.from(text as string);
		for (const secret of ['', undefined, null, ['']] as Array<string | undefined>) {
			expect(
				verifySignature(
					{ rawBody, headers: { 'x-timestamp': String(SENT), ...headers }, now: NOW },
					secret,
				),
			).toEqual({ ok: false, reason: 'missing_secret' });
		}
	});
});

describe('while the secret is rotated', () => {
	const headers = { 'x-signature': sign(body, 'new'), 'x-signature-previous': sign(body, 'old') };
	const v2 = signBodies([body], 'old')[0].signature_v2;

	it('a node that still has the old secret accepts the -Previous signatures', () => {
		expect(check(body, headers, 'old')).toEqual({ ok: true });
		expect(
			check(body, { 'x-signature-v2': 'f'.repeat(64), 'x-signature-v2-previous': v2 }, 'old'),
		).toEqual({ ok: true });
	});

	it('a node that has the new one accepts the ordinary ones', () => {
		expect(check(body, headers, 'new')).toEqual({ ok: true });
	});

	it('each secret opens what it signed, and nothing else', () => {
		const opens = (secret: string, signer: string) =>
			check(body, { 'x-signature': sign(body, signer) }, secret).ok;
		expect([opens('old', 'old'), opens('new', 'new')]).toEqual([true, true]);
		expect([opens('old', 'new'), opens('new', 'old'), opens('old', 'older')]).toEqual([
			false,
			false,
			false,
		]);
	});

	it('a node with neither refuses [T12]', () => {
		expect(check(body, headers, 'older')).toEqual({ ok: false, reason: 'wrong_signature' });
	});
});

describe('the time window', () => {
	const at = (distance: number, toleranceSeconds?: number, now = NOW) =>
		verifySignature(
			{
				rawBody: Buffer.from(body),
				headers: { 'x-timestamp': String(SENT + distance), 'x-signature': signature },
				now,
				toleranceSeconds,
			},
			SECRET,
		).ok;

	it('is ten minutes in both directions, which leaves room for Didit’s second retry after five', () => {
		expect([at(-600), at(600), at(-601), at(601), at(0)]).toEqual([true, true, false, false, true]);
	});

	it('can be set, also to nothing', () => {
		expect([at(-60, 60), at(-61, 60), at(-3600, 3600), at(0, 0), at(1, 0)]).toEqual([
			true,
			false,
			true,
			true,
			false,
		]);
	});

	it('is ten minutes when what was set is no length of time', () => {
		expect([NaN, -1, null, '1000000000'].map((tolerance) => at(-601, tolerance as number))).toEqual(
			[false, false, false, false],
		);
		expect(at(-600, NaN)).toBe(true);
	});

	it('is closed when the clock is broken', () => {
		expect([NaN, Infinity, -Infinity].map((now) => at(0, undefined, now))).toEqual([
			false,
			false,
			false,
		]);
	});
});

describe('never throws and never accepts', () => {
	it('whatever bytes and headers arrive', () => {
		const header = fc.oneof(
			fc.string(),
			anyText(),
			fc.constant(signature),
			fc.array(fc.string()),
			fc.constant(undefined),
			fc.anything(),
		);
		const names = fc.constantFrom(
			'x-signature',
			'x-signature-v2',
			'x-signature-previous',
			'x-signature-v2-previous',
			'x-signature-simple',
			'x-other',
		);
		fc.assert(
			fc.property(
				fc.uint8Array({ maxLength: 200 }),
				fc.dictionary(names, header),
				fc.boolean(),
				(rawBody, headers, timely) => {
					const delivery = {
						rawBody: Buffer.from(rawBody),
						headers: { ...headers, 'x-timestamp': timely ? String(SENT) : headers['x-other'] },
						now: NOW,
					};
					assert.equal(verifySignature(delivery, SECRET).ok, false);
				},
			),
			{ numRuns: many(3000) },
		);
	});

	it('a call with the wrong things in it', () => {
		fc.assert(
			fc.property(
				fc.anything(),
				fc.anything(),
				fc.anything(),
				fc.anything(),
				(rawBody, headers, secret, now) => {
					const result = verifySignature({ rawBody, headers, now } as never, secret as never);
					expect(result.ok).toBe(false);
				},
			),
		);
		const refused = { ok: false, reason: 'wrong_signature' };
		expect(verifySignature(undefined as never, SECRET)).toEqual(refused);
		expect(
			verifySignature(
				{
					rawBody: body,
					headers: { 'x-timestamp': String(SENT), 'x-signature': signature },
					now: NOW,
				} as never,
				SECRET,
			),
		).toEqual({ ok: false, reason: 'missing_body' });
	});

	it('does accept that delivery when nothing is wrong with it', () => {
		expect(check(body, { 'x-signature': signature })).toEqual({ ok: true });
	});
});

it('says why in words without secret, signature or personal data', () => {
	const words = Object.values(REFUSALS).join(' ');
	expect(Object.keys(REFUSALS)).toHaveLength(6);
	expect(words).not.toMatch(/[0-9a-f]{16}|@/);
});

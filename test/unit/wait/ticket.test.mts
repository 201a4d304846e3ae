// The ticket of a waiting execution: only this n8n's trigger can use it, and it leads to no other address.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { browserAddress, ticketAddress } from '../../../nodes/Didit/wait/address.ts';
import { openTicket, sealTicket } from '../../../nodes/Didit/wait/ticket.ts';

const keyOf = (apiKey: string) => createHmac('sha256', apiKey).update('test').digest();
const KEY = keyOf('key-number-one');
// Long enough not to stand in a sealed ticket by chance.
const TICKET = {
	instance: 'n8n-number-one',
	execution: '120000000012',
	token: 'abc123def456abc123',
};

it('is opened with the same key only', () => {
	const sealed = sealTicket(TICKET, KEY);
	expect(openTicket(sealed, KEY)).toEqual(TICKET);
	expect(openTicket(sealed, keyOf('key-number-two'))).toBeUndefined();
	expect(openTicket(sealed, undefined)).toBeUndefined();
});

it('tells nothing, and is another one each time', () => {
	const sealed = sealTicket(TICKET, KEY);
	for (const part of Object.values(TICKET)) {
		expect(sealed).not.toContain(part);
		expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain(part);
	}
	expect(sealTicket(TICKET, KEY)).not.toBe(sealed);
});

it('is refused when anything in it was changed or cut off', () => {
	const sealed = sealTicket(TICKET, KEY);
	fc.assert(
		fc.property(
			fc.nat(sealed.length - 1),
			fc.constantFrom('A', 'B', '_', '', '=', 'AA'),
			(at, instead) => {
				const changed = sealed.slice(0, at) + instead + sealed.slice(at + 1);
				const sameBytes =
					Buffer.from(changed.slice(11), 'base64url').equals(
						Buffer.from(sealed.slice(11), 'base64url'),
					) && changed.startsWith('n8n-ticket-');
				if (!sameBytes) expect(openTicket(changed, KEY)).toBeUndefined();
			},
		),
		{ numRuns: 500 },
	);
	for (const other of [
		'n8n-ticket-',
		`n8n-ticket-${'A'.repeat(37)}`,
		'https://n8n.example.com/webhook-waiting/1/didit-result?signature=x',
		'',
		7,
		null,
		undefined,
		{},
		[],
	])
		expect(openTicket(other, KEY)).toBeUndefined();
});

it.each([
	[
		'where the trigger runs now, whatever the address was before',
		'https://new.example/base/webhook-waiting/7?signature=of-the-trigger',
		'https://new.example/base/webhook-waiting/120000000012/didit-result?signature=abc123def456abc123',
	],
	[
		'without the trigger having a token',
		'http://127.0.0.1:5678/webhook-waiting/7',
		'http://127.0.0.1:5678/webhook-waiting/120000000012/didit-result?signature=abc123def456abc123',
	],
])('leads to %s', (_, own, address) => expect(ticketAddress(TICKET, own)).toBe(address));

it('leads nowhere else, whatever stands for the execution [T27]', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				fc.constantFrom('..', '../rest', 'a/b', '@example.com', '?x', '#', '%2e%2e'),
			),
			(execution) => {
				const url = new URL(
					ticketAddress({ ...TICKET, execution }, 'https://n8n.example.com/webhook-waiting/7'),
				);
				expect(url.origin).toBe('https://n8n.example.com');
				expect(url.pathname).toMatch(/\/didit-result$/);
				expect(url.pathname.split('/').length).toBeLessThanOrEqual(4);
			},
		),
	);
});

describe("the address for the person's browser", () => {
	const own = 'https://n8n.example.com/base/webhook-waiting/12?signature=abc123';

	it.each([
		['?', '?verificationSessionId=1&status=Approved'],
		['&', '&verificationSessionId=1&status=Approved'],
	])('keeps token and visit when Didit appends with %s', (_, appended) => {
		const url = new URL(browserAddress(own, 'visit-1') + appended);
		expect(url.pathname).toBe('/base/webhook-waiting/12/didit-result');
		expect(url.searchParams.get('signature')).toBe('abc123');
		expect(url.searchParams.get('visit')).toBe('visit-1');
	});

	it('works for an n8n that has no token yet', () => {
		expect(browserAddress('http://127.0.0.1:5678/webhook-waiting/12', 'v')).toBe(
			'http://127.0.0.1:5678/webhook-waiting/12/didit-result?visit=v&from=didit',
		);
	});
});

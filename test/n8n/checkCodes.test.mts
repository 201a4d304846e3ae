// Check: codes by phone and email, against the sandbox: what is sent, what comes out, and what each status says in words.
import type { INodeParameters } from 'n8n-workflow';
import { didit, endDidit } from '../support/didit.mts';
import { runner } from '../support/run.mts';
import { checkRunner, withLocalSandbox } from '../support/sandbox.mts';

const sandbox = withLocalSandbox();
const run = checkRunner(sandbox);
afterEach(endDidit);

const KINDS = [
	{
		kind: 'Phone',
		to: { phoneNumber: '+34 600 000 001' },
		sent: '+34600000001',
		bad: { phoneNumber: '+34600000666' },
		badStatus: 'Blocked',
		later: { phoneNumber: '+34600000777' },
		risky: { phoneNumber: '+34600000888' },
		risk: 'voip_number_action',
	},
	{
		kind: 'Email',
		to: { email: 'Nora <nora@example.com>' },
		sent: 'nora@example.com',
		bad: { email: 'blocked@example.com' },
		badStatus: 'Undeliverable',
		later: { email: 'later@example.com' },
		risky: { email: 'breached@example.com' },
		risk: 'breached_email_action',
	},
];

describe.each(KINDS)('$kind', ({ kind, to, sent, bad, badStatus, later, risky, risk }) => {
	const send = async (recipient: INodeParameters) => await run(`send${kind}Code`, recipient);
	const compare = async (recipient: INodeParameters, code: string, options = {}) =>
		await run(`check${kind}Code`, { ...recipient, code, options });

	it('is confirmed by the right code alone, once', async () => {
		expect((await send({ ...to, vendorData: 'user-42' })).json).toMatchObject({
			status: 'Success',
			sent: true,
			verified: false,
			vendor_data: 'user-42',
			message: expect.stringContaining('5 minutes') as string,
		});
		expect((await compare(to, '000000')).json).toMatchObject({
			status: 'Failed',
			verified: false,
			message: expect.stringContaining('The code is wrong') as string,
		});
		const { json } = await compare(to, ' １２３-456 ');
		expect(json).toMatchObject({ status: 'Approved', verified: true });
		expect(JSON.stringify(json)).not.toContain(sent);
		expect((await compare(to, '123456')).json).toMatchObject({
			status: 'Expired or Not Found',
			verified: false,
			message: expect.stringContaining('Send another one') as string,
		});
	});

	it('is not confirmed after three wrong codes, nor after five minutes', async () => {
		await send(to);
		for (let attempt = 0; attempt < 3; attempt++) await compare(to, '000000');
		expect((await compare(to, '123456')).json.verified).toBe(false);
		await send(to);
		sandbox().advanceClock(301);
		expect((await compare(to, '123456')).json.status).toBe('Expired or Not Found');
	});

	it('says when nothing was sent, and when to wait', async () => {
		expect((await send(bad)).json).toMatchObject({
			status: badStatus,
			sent: false,
			message: expect.stringContaining('Ask for another one') as string,
		});
		expect((await send(later)).json).toMatchObject({
			status: 'Retry',
			sent: false,
			message: expect.stringContaining('half a minute') as string,
		});
	});

	it('gets four codes an hour, and then a sentence at once', async () => {
		for (let code = 0; code < 4; code++) expect((await send(to)).json.sent).toBe(true);
		const { error } = await send(to);
		expect(error?.description).toContain('four codes an hour');
		expect(sandbox().count('POST', /send/)).toBe(5);
	});

	it('is declined for a risk only if the builder says so', async () => {
		await send(risky);
		const warned = (await compare(risky, '123456')).json;
		expect(warned).toMatchObject({ verified: true, warnings: [{ effect: 'None' }] });
		await send(risky);
		const declined = (await compare(risky, '123456', { declineFor: [risk] })).json;
		expect(declined).toMatchObject({
			status: 'Declined',
			verified: false,
			warnings: [{ effect: 'Declined' }],
			message: expect.stringContaining('see the warnings') as string,
		});
	});

	it.each(['12', '={{ "" }}', 'twelve!', '12345678901', 'undefined', 'null'])(
		'refuses the code %j unsent',
		async (code) => {
			expect((await compare(to, code)).error?.message).toContain("'Code'");
			expect(sandbox().requests).toEqual([]);
		},
	);
});

it('sends how the message should look and what is known of the device', async () => {
	const { calls } = didit({
		'check.phoneSend': {
			body: { request_id: '11111111-2222-4333-8444-555555555555', status: 'Success' },
		},
	});
	await runner(
		'check',
		'sendPhoneCode',
	)({
		phoneNumber: '0034 600 000 001',
		channel: 'sms',
		options: { codeLength: 4, language: 'es-MX', device: { ipAddress: '203.0.113.7, 10.0.0.1' } },
	});
	expect(calls[0].body).toEqual({
		phone_number: '+34600000001',
		options: { preferred_channel: 'sms', code_size: 4, locale: 'es' },
		signals: { ip: '203.0.113.7' },
	});
});

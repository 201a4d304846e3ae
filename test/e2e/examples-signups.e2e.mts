/** What a stranger can make of the two examples that take signups. Both run in the n8n under test, as the demo has set them up. */
import { mailsTo } from '../../harness/mailbox.mts';
import { mailWith } from './support/examples.mts';
import { sandbox, world } from './support/world.mts';

beforeAll(async () => await sandbox.reset());

const signUp = async (path: string, body: object) =>
	await fetch(`${world.n8n.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});

const created = async () => await sandbox.count({ method: 'POST', path: '/v1/session/' });

const email = 'visitor@mail.example';

describe.each(['signup', 'onboarding'])('the signup at /webhook/%s', (path) => {
	it.each([
		['without a user ID', { email }],
		['with a blank user ID', { user_id: ' ', email }],
		['without an address', { user_id: 'u-1' }],
		['with two addresses', { user_id: 'u-1', email: `${email}, spam@mail.example` }],
		['with a list of addresses', { user_id: 'u-1', email: [email, 'spam@mail.example'] }],
		['with a name around the address', { user_id: 'u-1', email: `Bank <${email}>` }],
		[
			'with an address of many lines',
			{ user_id: 'u-1', email: `${email}\nBcc: spam@mail.example` },
		],
		['with a huge address', { user_id: 'u-1', email: `${'a'.repeat(100_000)}@mail.example` }],
		['with nothing', {}],
	])('is refused before anything is created or sent: %s [T201]', async (_, body) => {
		const before = await created();
		const response = await signUp(path, { name: 'Val', ...body });
		expect(response.status).toBe(400);
		expect(await response.json()).toEqual({ error: 'Send a user_id and one email address' });
		expect(await created()).toBe(before);
		for (const address of [email, 'spam@mail.example'])
			expect(await mailsTo(world.mailbox.url, address)).toEqual([]);
	});

	it.each([
		['missing', undefined, 'Hello there,'],
		['a number', 7, 'Hello there,'],
		['an object', { first: 'Val' }, 'Hello object Object,'],
		[
			'a novel',
			'Click here '.repeat(10_000),
			`Hello ${'Click here '.repeat(10_000).slice(0, 60)},`,
		],
	])('sends the link also when the name is %s', async (kind, name, greeting) => {
		const address = `${path}-${kind.replace(/ /g, '-')}@mail.example`;
		const response = await signUp(path, { name, email: address, user_id: address });
		expect(response.status).toBe(200);
		const { text } = await mailWith(address, 'Please confirm who you are');
		expect(text).toContain(greeting);
		expect(text.length).toBeLessThan(1000);
	});
});

/** Runs that go wrong: what the builder reads, that nothing is sent twice, and that n8n keeps no secret in its database and its log. */
import { readFileSync } from 'node:fs';
import { diditCredential, n8n, node, sandbox, webhookWorkflow, world } from './support/world.mts';

const WRONG_SECRET = 'made-up-wrong-secret';
const NOBODY = 'http://127.0.0.1:9';

/** Everything that lets somebody act as the builder. Tokens of the sandbox are known by their header only. */
const secrets = () => {
	const { clientId, clientSecret, apiKey } = world.sandbox;
	const basic = [clientSecret, WRONG_SECRET].map((secret) =>
		Buffer.from(`${clientId}:${secret}`).toString('base64'),
	);
	return [clientSecret, apiKey, WRONG_SECRET, ...basic, 'Bearer ', 'Basic '];
};

const apiKey = () =>
	diditCredential({
		authentication: 'apiKey',
		apiKey: world.sandbox.apiKey,
		clientId: '',
		clientSecret: '',
	});

beforeEach(async () => await sandbox.reset());

it.each<[string, string, Record<string, unknown>, object | undefined]>([
	[
		'is refused by Didit',
		'made-up refusal',
		diditCredential(),
		{ path: '/v1/session/', respond: { status: 403, body: { detail: 'made-up refusal' } } },
	],
	[
		'gets an error for an answer',
		'may or may not have created the session',
		diditCredential(),
		{ path: '/v1/session/', respond: { status: 500, body: 'made-up' } },
	],
	[
		'loses the connection',
		'It is not known whether Didit did what was asked',
		diditCredential(),
		{ path: '/v1/session/', drop: 'after' },
	],
	[
		'does not reach Didit',
		'n8n could not reach Didit at http://127.0.0.1:9',
		diditCredential({ verificationUrl: NOBODY }),
		undefined,
	],
	[
		'gets no token',
		'Didit refused the client ID or secret',
		diditCredential({ clientSecret: WRONG_SECRET }),
		undefined,
	],
	[
		'does not reach the place of the token',
		'could not reach Didit at http://127.0.0.1:9',
		diditCredential({ authUrl: NOBODY }),
		undefined,
	],
	[
		'is refused with an API key',
		'made-up refusal',
		apiKey(),
		{ path: '/v3/workflows/', respond: { status: 403, body: { detail: 'made-up refusal' } } },
	],
	[
		'does not reach Didit with an API key',
		'n8n could not reach Didit at http://127.0.0.1:9',
		{ ...apiKey(), verificationUrl: NOBODY },
		undefined,
	],
])('says why, and keeps nothing secret, when a run %s', async (what, why, data, fault) => {
	const path = `secrets-${what.replace(/\W+/g, '-')}`;
	const parameters =
		data.authentication === 'apiKey'
			? {
					resource: 'workflow',
					operation: 'getAll',
					options: { requestSettings: { maxRetries: 0 } },
				}
			: {
					resource: 'session',
					operation: 'create',
					options: { requestSettings: { maxRetries: 0 } },
				};
	const run = await webhookWorkflow(path, [
		node('Didit', 'n8n-nodes-didit.didit', 1, parameters, {
			diditApi: await n8n.saveCredential('diditApi', path, data),
		}),
	]);
	if (fault) await sandbox.addFault(fault);
	const answer = await run([{}]).then(
		() => 'no error',
		(error: Error) => error.message,
	);
	expect(answer).toContain('500');

	const workflow = (await n8n.workflows()).find(({ name }) => name === `Test ${path}`);
	const [{ id }] = await n8n.executionIds(workflow?.id ?? '');
	const { status, raw } = await n8n.finished(id);
	expect(status).toBe('error');
	expect(raw).toContain(why);
	const log = readFileSync(world.n8n.log, 'utf8');
	for (const [index, secret] of secrets().entries()) {
		// By number, so that a failure does not print it.
		for (const [where, text] of Object.entries({ answer, raw, log }))
			expect({ secret: index, where, found: text.includes(secret) }).toEqual({
				secret: index,
				where,
				found: false,
			});
	}
});

it('creates one session at most when the connection gets lost, and gets over a lost connection where that is safe', async () => {
	const credential = { diditApi: world.credentials.key };
	const create = await webhookWorkflow('lost-create', [
		node(
			'Didit',
			'n8n-nodes-didit.didit',
			1,
			{ resource: 'session', operation: 'create' },
			{ diditApi: world.credentials.secret },
		),
	]);
	await sandbox.addFault({ path: '/v1/session/', drop: 'after', times: 1 });
	await expect(create([{}])).rejects.toThrow('500');
	expect(await sandbox.count({ method: 'POST', path: '/v1/session/' })).toBe(1);

	const list = await webhookWorkflow('lost-list', [
		node(
			'Didit',
			'n8n-nodes-didit.didit',
			1,
			{ resource: 'workflow', operation: 'getAll' },
			credential,
		),
	]);
	await sandbox.addFault({ path: '/v3/workflows/', drop: 'before', times: 1 });
	expect((await list([{}])).length).toBeGreaterThan(0);
});

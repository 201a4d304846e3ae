/** The promises about the token exchange, counted at the sandbox while the real n8n works. */
import {
	diditCredential,
	eventually,
	n8n,
	node,
	sandbox,
	webhookWorkflow,
} from './support/world.mts';

const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ user_id: `user-${index}` }));

/** A workflow with a credential of its own, which has no token yet. */
async function workflowWithFreshCredential(path: string) {
	const credential = await n8n.saveCredential('diditApi', path, diditCredential());
	return await webhookWorkflow(path, [
		node(
			'Didit',
			'n8n-nodes-didit.didit',
			1,
			{
				resource: 'session',
				operation: 'create',
				vendorData: '={{ $json.user_id }}',
			},
			{ diditApi: credential },
		),
	]);
}

beforeEach(async () => await sandbox.reset());

it('makes one token exchange for 100 executions within the life of the token', async () => {
	const run = await workflowWithFreshCredential('hundred-executions');
	for (const person of people(100)) expect(await run([person])).toHaveLength(1);
	expect(await sandbox.exchanges()).toBe(1);
});

it('makes one token exchange for 20 items that start without a token', async () => {
	const run = await workflowWithFreshCredential('twenty-items');
	// Slow enough that all of them are under way before the first is answered.
	await sandbox.addFault({ path: '/v1/session/', latency: 200 });
	const sessions = await run(people(20));
	expect(new Set(sessions.map(({ session_id }) => session_id)).size).toBe(20);
	expect((await sandbox.requests()).peak_in_flight).toBeGreaterThan(1);
	expect(await sandbox.exchanges()).toBe(1);
});

it('makes one more token exchange for 20 items whose token was revoked, and all 20 succeed', async () => {
	const run = await workflowWithFreshCredential('revoked-token');
	await run(people(1));
	await sandbox.revokeTokens();
	const sessions = await run(people(20));
	expect(new Set(sessions.map(({ session_id }) => session_id)).size).toBe(20);
	const { requests } = await sandbox.requests();
	expect(requests.some(({ path, status }) => path === '/v1/session/' && status === 403)).toBe(true);
	expect(await sandbox.exchanges()).toBe(2);
});

it('makes one more token exchange for 20 items whose token is over', async () => {
	const run = await workflowWithFreshCredential('expired-token');
	await sandbox.set({ tokenLifetime: 1 });
	await run(people(1));
	const over = Date.now() + 1_000;
	await sandbox.set({ tokenLifetime: 86_400 });
	await eventually('the token to be over', async () => await Promise.resolve(Date.now() > over));
	const sessions = await run(people(20));
	expect(new Set(sessions.map(({ session_id }) => session_id)).size).toBe(20);
	expect(await sandbox.exchanges()).toBe(2);
});

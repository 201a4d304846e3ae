// One client for all items that resolve a credential alike: one token for them, and no secret in what is shown.
import { createHmac } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { DiditClient, DiditClients } from '../../../nodes/Didit/transport/client.ts';
import { DiditError } from '../../../nodes/Didit/transport/errors.ts';
import { RequestQueue } from '../../../nodes/Didit/transport/requestQueue.ts';
import type { Answer, DiditContext } from '../../../nodes/Didit/transport/types.ts';

type Credential = ICredentialDataDecryptedObject;

const GET = { method: 'GET' as const, path: '/v1/session/x/decision/' };
const KEYED = { authentication: 'apiKey', apiKey: ' made-up-key ', environment: 'production' };
const CLIENT = {
	authentication: 'clientCredentials',
	clientId: 'client-one',
	clientSecret: 'made-up-secret',
	environment: 'production',
	accessToken: '',
};

const answer = (statusCode: number): Answer => ({ statusCode, headers: {}, body: {} });
const FINE = answer(200);
const STALE = { cause: { response: { status: 401 } } };

/** A queue that notes its pauses in place of making them. */
class Noting extends RequestQueue {
	readonly slept: number[] = [];

	override sleepFor = async (pause: number) => {
		this.slept.push(pause);
		await Promise.resolve();
	};
}

/**
 * n8n and Didit: a request without a token gets one exchanged on the way.
 * @param respond to a token; what it throws comes from n8n
 */
function world({
	credential = CLIENT as Credential,
	respond = (() => FINE) as (token: string) => Answer,
	exchange = (number: number): string => `token-${number}`,
} = {}) {
	const seen: string[] = [];
	let exchanges = 0;
	const stored: Credential = { ...credential };
	const context = {
		getNode: () => ({ credentials: { diditApi: { id: '7', name: 'Didit account' } } }),
		getCredentials: async () => await Promise.resolve({ ...stored }),
		helpers: {
			httpRequestWithAuthentication: async (
				_type: string,
				_options: object,
				{ credentialsDecrypted: { data } }: { credentialsDecrypted: { data: Credential } },
			) => {
				await Promise.resolve();
				if (data.authentication === 'clientCredentials' && !data.accessToken) {
					data.accessToken = exchange(++exchanges);
					stored.accessToken = data.accessToken;
				}
				const token = (data.accessToken ?? '') as string;
				seen.push(token);
				return respond(token);
			},
		},
	} as unknown as DiditContext;
	const queue = new Noting(10);
	const client = new DiditClient(context, 0, { ...credential });
	return {
		seen,
		stored,
		queue,
		client,
		context,
		exchanges: () => exchanges,
		send: async () => await client.send(GET, 1000, queue),
		failing: async () => await client.send(GET, 1000, queue).catch((error: unknown) => error),
	};
}

const throwing = (failure: unknown): never => {
	throw failure as Error;
};

it('opens version 3 with an API key and version 1 with a client ID and secret', () => {
	expect(world({ credential: KEYED }).client).toMatchObject({
		authentication: 'apiKey',
		version: 'v3',
		url: 'https://verification.didit.me',
		isCustomEnvironment: false,
	});
	const custom = { ...CLIENT, environment: 'custom', verificationUrl: 'http://didit.test/' };
	expect(world({ credential: custom }).client).toMatchObject({
		authentication: 'clientCredentials',
		version: 'v1',
		url: 'http://didit.test',
		isCustomEnvironment: true,
	});
});

it('believes what Didit says to an API key', async () => {
	for (const status of [200, 401, 403, 500]) {
		const { send, seen } = world({ credential: KEYED, respond: () => answer(status) });
		expect(await send()).toEqual(answer(status));
		expect(seen).toHaveLength(1);
	}
});

it('gets one token for all requests that have none', async () => {
	const { send, exchanges, seen } = world();
	expect(await Promise.all(Array.from({ length: 10 }, send))).toEqual(Array(10).fill(FINE));
	expect(exchanges()).toBe(1);
	expect(new Set(seen)).toEqual(new Set(['token-1']));
});

it.each([401, 403])('gets another token after HTTP %i, once for all', async (status) => {
	const { send, exchanges } = world({
		credential: { ...CLIENT, accessToken: 'old' },
		respond: (token) => (token === 'old' ? answer(status) : FINE),
	});
	expect(await Promise.all(Array.from({ length: 10 }, send))).toEqual(Array(10).fill(FINE));
	expect(exchanges()).toBe(1);
});

it('gets another token in place of one that n8n finds expired, without a request to Didit', async () => {
	const { send, exchanges } = world({
		credential: { ...CLIENT, accessToken: 'old' },
		respond: (token) => (token === 'old' ? throwing(STALE) : FINE),
	});
	expect(await send()).toEqual(FINE);
	expect(exchanges()).toBe(1);
});

it('says to check the clock when a new token has expired already', async () => {
	const { failing, exchanges } = world({ respond: () => throwing(STALE) });
	expect(await failing()).toMatchObject({
		message: 'The new Didit token has already expired',
		advice: 'Check the clock of the machine that n8n runs on',
	});
	expect(exchanges()).toBe(1);
});

it('takes the token that another execution has got, and replaces it at once when it is refused', async () => {
	const { send, stored, exchanges, seen } = world({
		credential: { ...CLIENT, accessToken: 'old' },
		respond: (token) => (token.startsWith('token') ? FINE : answer(401)),
	});
	stored.accessToken = 'theirs';
	expect(await send()).toEqual(FINE);
	expect([seen, exchanges()]).toEqual([['old', 'theirs', 'token-1'], 1]);
});

it('exchanges when the token that n8n has stored is the refused one', async () => {
	const { send, seen } = world({
		credential: { ...CLIENT, accessToken: 'old' },
		respond: (token) => (token === 'old' ? answer(401) : FINE),
	});
	await send();
	expect(seen).toEqual(['old', 'token-1']);
});

it('believes the refusal of the token that came in place of a refused one', async () => {
	const { send, exchanges, queue } = world({ respond: () => answer(403) });
	expect(await send()).toEqual(answer(403));
	expect([exchanges(), queue.slept]).toEqual([2, []]);
});

it('tries once more, after a short pause, with a new token that has worked', async () => {
	const statuses = [401, 200, 403, 200];
	const { send, exchanges, queue, seen } = world({
		respond: () => answer(statuses.shift() ?? 500),
	});
	expect(await send()).toEqual(FINE);
	expect(await send()).toEqual(FINE);
	expect([seen.length, exchanges(), queue.slept]).toEqual([4, 2, [250]]);
});

it('gets another one when that was refused twice in a row, and believes the refusal of it', async () => {
	const statuses = [401, 200];
	const { send, exchanges, queue } = world({ respond: () => answer(statuses.shift() ?? 403) });
	expect(await send()).toEqual(FINE);
	expect(await send()).toEqual(answer(403));
	expect([exchanges(), queue.slept]).toEqual([3, [250]]);
});

it('believes the second refusal of one request, when fresh tokens were of no use before', async () => {
	const statuses = [401, 200, 403, 403, 200, 403, 403];
	const { send, exchanges, queue } = world({ respond: () => answer(statuses.shift() ?? 500) });
	expect(await send()).toEqual(FINE);
	expect(await send()).toEqual(FINE);
	expect(await send()).toEqual(answer(403));
	expect([exchanges(), queue.slept]).toEqual([3, [250, 250]]);
});

it('learns nothing of a token from an error that is not about it', async () => {
	const statuses = [401, 400, 403];
	const { send, queue } = world({ respond: () => answer(statuses.shift() ?? 500) });
	expect(await send()).toEqual(answer(400));
	expect(await send()).toEqual(answer(403));
	expect(queue.slept).toEqual([]);
});

it('hands on why there was no response', async () => {
	for (const [code, why] of [
		['ECONNRESET', 'unanswered'],
		['ECONNREFUSED', 'unreached'],
	]) {
		const { send } = world({ respond: () => throwing({ cause: { code } }) });
		expect(await send()).toBe(why);
	}
});

it('fails for good when no token can be had, and asks no more', async () => {
	let asked = 0;
	const { failing } = world({
		exchange: () => {
			asked++;
			return throwing({ message: 'Wrong secret' });
		},
	});
	const errors = await Promise.all([failing(), failing(), failing()]);
	expect(errors.map((error) => (error as Error).message)).toEqual(Array(3).fill('Wrong secret'));
	expect(errors[0]).toBeInstanceOf(DiditError);
	expect(await failing()).toBe(errors[0]);
	expect(asked).toBe(1);
});

it('fails in passing for those that wait, then at the first failure, until an exchange succeeds', async () => {
	const passing = { message: 'Busy', description: 'This may go away by itself' };
	let working = false;
	let refused = 'token-6';
	const { failing, send, queue, client, exchanges } = world({
		exchange: (number) => (working ? `token-${number}` : throwing(passing)),
		respond: (token) => (token === refused ? answer(401) : FINE),
	});
	const busy = { message: 'Busy' };
	expect(await Promise.all([failing(), failing(), failing()])).toMatchObject([busy, busy, busy]);
	expect([exchanges(), queue.slept]).toEqual([4, [1000, 3000, 9000]]);
	expect(await failing()).toMatchObject(busy);
	expect([exchanges(), queue.slept.length]).toEqual([5, 3]);
	working = true;
	expect(await send()).toEqual(FINE);
	expect(client.redact('token-6')).toBe('***');
	// After a success there is time again.
	working = false;
	refused = 'token-7';
	expect(await failing()).toMatchObject(busy);
	expect([exchanges(), queue.slept.slice(3)]).toEqual([11, [250, 1000, 3000, 9000]]);
});

it('takes secrets out of a text: those of the credential, refused tokens, and others it was told', async () => {
	const { client, send } = world({
		credential: { ...CLIENT, accessToken: 'old-token', webhookSecret: ' made-up-hook ' },
		respond: (token) => (token === 'old-token' ? answer(401) : FINE),
	});
	await send();
	client.keepSecret('told-later');
	expect(
		client.redact('made-up-secret, made-up-hook, old-token, token-1, told-later, client-one'),
	).toBe('***, ***, ***, ***, ***, client-one');
	expect(client.webhookSecret).toBe('made-up-hook');
});

it('has a secret of its own for a purpose, with an API key only', () => {
	const { client } = world({ credential: KEYED });
	const expected = createHmac('sha256', 'made-up-key').update('tickets').digest();
	expect(client.keyFor('tickets')).toEqual(expected);
	expect(client.keyFor('others')).not.toEqual(expected);
	expect(world({ credential: { ...KEYED, apiKey: ' ' } }).client.keyFor('tickets')).toBeUndefined();
	expect(
		world({ credential: { ...KEYED, apiKey: undefined } as never }).client.keyFor('tickets'),
	).toBeUndefined();
	const unused = { ...CLIENT, apiKey: 'left from before' };
	expect(world({ credential: unused }).client.keyFor('tickets')).toBeUndefined();
});

it('tells n8n which credential it is, also where the node names none', async () => {
	const given: unknown[] = [];
	for (const credentials of [{ diditApi: { id: '7', name: 'Didit account' } }, {}, undefined]) {
		const context = {
			getNode: () => ({ credentials }),
			helpers: {
				httpRequestWithAuthentication: async (
					_type: string,
					_options: object,
					{ credentialsDecrypted: { id, name } }: { credentialsDecrypted: Credential },
				) => {
					given.push([id, name]);
					return await Promise.resolve(FINE);
				},
			},
		} as unknown as DiditContext;
		await new DiditClient(context, 0, KEYED).send(GET, 1000, new Noting(1));
	}
	expect(given).toEqual([
		['7', 'Didit account'],
		['', 'diditApi'],
		['', 'diditApi'],
	]);
});

describe('the clients of an execution', () => {
	function clients(...credentials: Array<Credential | Error>) {
		const read: number[] = [];
		const getCredentials = async (_: string, item: number) => {
			read.push(item);
			const credential = credentials[Math.min(item, credentials.length - 1)];
			if (credential instanceof Error) throw credential;
			return await Promise.resolve({ ...credential });
		};
		const context = { getNode: () => ({}), getCredentials } as unknown as DiditContext;
		return { read, all: new DiditClients(context) };
	}

	it('are one for items that resolve the credential alike', async () => {
		const { all, read } = clients(KEYED, KEYED, { ...KEYED, apiKey: 'another' });
		const [first, second, third] = [await all.of(0), await all.of(1), await all.of(2)];
		expect(second).toBe(first);
		expect(third).not.toBe(first);
		expect(third.identity).not.toBe(first.identity);
		expect(await all.of(2)).toBe(third);
		expect(read).toEqual([0, 1, 2, 2]);
	});

	it('read the credential once where no item can differ', async () => {
		const { all, read } = clients({ ...KEYED, hasExpression: false });
		await Promise.all([all.of(0), all.of(1), all.of(2)]);
		expect(read).toEqual([0]);
	});

	it('read it anew for each item where the first one failed', async () => {
		const { all, read } = clients(new Error('No such credential'), {
			...KEYED,
			hasExpression: false,
		});
		await expect(all.of(0)).rejects.toThrow('No such credential');
		expect((await all.of(1)).version).toBe('v3');
		expect(read).toEqual([0, 1]);
	});
});

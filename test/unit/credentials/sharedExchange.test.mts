// One exchange for all executions that need a token at the same moment, and for those that come before n8n has stored it.
import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';
import { sharedExchange } from '../../../credentials/sharedExchange.ts';

type Helpers = IHttpRequestHelper['helpers'];

let clients = 0;

/** A client that nobody has exchanged anything for yet. */
const aClient = () => {
	const clientId = `client ${++clients}`;
	return (replaced?: string): ICredentialDataDecryptedObject => ({
		clientId,
		clientSecret: 'made-up',
		...(replaced === undefined ? {} : { accessTokenFor: replaced }),
	});
};

/** Didit, which numbers its tokens. */
function didit({ life = 86_400, failing = 0 } = {}) {
	let asked = 0;
	const helpers = {
		httpRequest: async () => {
			asked++;
			await Promise.resolve();
			if (asked <= failing) throw new Error('connect ECONNREFUSED');
			return { statusCode: 200, body: { access_token: `token-${asked}`, expires_in: life } };
		},
	} as unknown as Helpers;
	return { helpers, asked: () => asked };
}

const tokenOf = async (helpers: Helpers, credential: ICredentialDataDecryptedObject) =>
	(await sharedExchange(helpers, credential)).token.accessToken;

let now: jest.SpyInstance<number, []>;
const START = 1_790_000_000_000;
const seconds = (after: number) => now.mockReturnValue(START + after * 1000);

beforeEach(() => {
	now = jest.spyOn(Date, 'now');
	seconds(0);
});
afterEach(() => now.mockRestore());

it('asks Didit once for all that come at the same moment, and says to whom the exchange belongs', async () => {
	const { helpers, asked } = didit();
	const client = aClient();
	const all = await Promise.all([
		sharedExchange(helpers, client('old')),
		sharedExchange(helpers, client('old')),
		// This one had read another token. What is under way is newer than any.
		sharedExchange(helpers, client('older')),
	]);
	expect(asked()).toBe(1);
	expect(all.map(({ token }) => token.accessToken)).toEqual(['token-1', 'token-1', 'token-1']);
	expect(all.map(({ own }) => own)).toEqual([true, false, false]);
});

it('gives the same token for a minute to those who still hold the old one', async () => {
	const { helpers } = didit();
	const client = aClient();
	expect(await tokenOf(helpers, client('old'))).toBe('token-1');
	seconds(60);
	expect(await tokenOf(helpers, client('old'))).toBe('token-1');
	seconds(60.001);
	expect(await tokenOf(helpers, client('old'))).toBe('token-2');
});

it('takes the time from when the exchange has ended, however long it took', async () => {
	const { helpers } = didit();
	const client = aClient();
	const slow = {
		httpRequest: async () => {
			seconds(50);
			return await (helpers.httpRequest as () => Promise<unknown>)();
		},
	} as unknown as Helpers;
	await tokenOf(slow, client('old'));
	seconds(100);
	expect(await tokenOf(helpers, client('old'))).toBe('token-1');
});

it('exchanges again for those whose new token was refused, and for another client', async () => {
	const { helpers } = didit();
	const client = aClient();
	expect(await tokenOf(helpers, client())).toBe('token-1');
	expect(await tokenOf(helpers, client())).toBe('token-1');
	expect(await tokenOf(helpers, client('of token-1'))).toBe('token-2');
	expect(await tokenOf(helpers, aClient()('of token-1'))).toBe('token-3');
});

it('gives out no token that is to be renewed already', async () => {
	const { helpers } = didit({ life: 30 });
	const client = aClient();
	expect(await tokenOf(helpers, client('old'))).toBe('token-1');
	seconds(26.999);
	expect(await tokenOf(helpers, client('old'))).toBe('token-1');
	seconds(27);
	expect(await tokenOf(helpers, client('old'))).toBe('token-2');
});

it('gives out a token of unknown life', async () => {
	const { helpers } = didit({ life: 0 });
	const client = aClient();
	expect(await tokenOf(helpers, client('old'))).toBe('token-1');
	seconds(59);
	expect(await tokenOf(helpers, client('old'))).toBe('token-1');
});

it('fails for all that share the exchange, and the next one tries again', async () => {
	const { helpers, asked } = didit({ failing: 1 });
	const client = aClient();
	const both = await Promise.allSettled([1, 2].map(() => tokenOf(helpers, client('old'))));
	expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(asked()).toBe(1);
	expect(await tokenOf(helpers, client('old'))).toBe('token-2');
});

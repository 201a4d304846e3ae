// A Didit made of nock for tests of single behaviours: tokens, refusals, lost connections. It counts what it is asked.
import nock from 'nock';

export const DIDIT = 'http://didit.test';

export interface Count {
	exchanges: number;
	creates: number;
	bodies: unknown[];
}

interface Options {
	/** Seconds. */
	tokenLife?: number;
	/** Tokens that Didit takes; by default every one that it issued. */
	accepts?: (token: string, count: Count) => boolean;
	refusal?: number;
	/** The secret that Didit knows for a client ID. */
	secrets?: Record<string, string>;
	delay?: number;
	/** Answers an exchange in its place. */
	exchange?: (count: Count) => [number, unknown] | undefined;
}

/** Token endpoint and v1 sessions. Issues `token-1`, `token-2`, … */
export function diditV1(options: Options = {}): Count {
	const {
		tokenLife = 86_400,
		refusal = 403,
		secrets = { 'client-one': 'secret-of-client-one', 'client-two': 'secret-of-client-two' },
		delay = 5,
	} = options;
	const count: Count = { exchanges: 0, creates: 0, bodies: [] };
	const issued = new Map<string, string>();
	nock(DIDIT)
		.persist()
		.post('/auth/v2/token/', { grant_type: 'client_credentials' })
		.delay(delay)
		.reply(function () {
			count.exchanges++;
			const instead = options.exchange?.(count);
			if (instead) return instead as [number, string];
			const basic = String(this.req.headers.authorization).replace('Basic ', '');
			const [id, secret] = Buffer.from(basic, 'base64').toString().split(':');
			if (secrets[id] !== secret) return [401, { error: 'invalid_client' }];
			const token = `token-${count.exchanges}`;
			issued.set(token, id);
			return [200, { access_token: token, expires_in: tokenLife }];
		});
	nock(DIDIT)
		.persist()
		.post('/v1/session/')
		.delay(delay)
		.reply(function (_uri, body) {
			count.creates++;
			count.bodies.push(body);
			const token = String(this.req.headers.authorization).replace('Bearer ', '');
			const accepted = options.accepts ? options.accepts(token, count) : issued.has(token);
			if (!accepted)
				return [refusal, { detail: 'You do not have permission to perform this action.' }];
			return [201, session(count.creates, { client: issued.get(token) })];
		});
	return count;
}

export function session(number: number, more: object = {}) {
	const id = `11111111-2222-4333-8444-${String(number).padStart(12, '0')}`;
	return {
		session_id: id,
		session_token: `session-${number}`,
		url: `${DIDIT}/session/session-${number}`,
		...more,
	};
}

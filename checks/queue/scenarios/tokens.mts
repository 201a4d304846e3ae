/** Token requests under steady load: after revocations, and with tokens that live for seconds. */
import { WORKERS } from '../cluster.mts';
import { sendAll, type Sent } from '../sender.mts';
import { create, newPath, publish, respond, webhook } from '../workflows.mts';
import type { Scenario } from '../scenario.mts';

const PARALLEL = 30;
/** The node renews a token when nine tenths of its life are over, or a minute before its end (credentials/token.ts). */
const usable = (lifetime: number) => (lifetime - Math.min(60, lifetime / 10)) * 1000;

export const tokens: Scenario = async (setting) => {
	const { cluster, sandbox, short } = setting;
	const path = newPath('token');
	await publish(setting, 'Tokens', [
		webhook(path, 'responseNode'),
		create(setting, 'v1'),
		respond(setting),
	]);
	let next = 0;
	const load = async (goOn: () => boolean): Promise<Sent[]> => {
		const sent: Sent[] = [];
		while (goOn()) {
			const ids = Array.from({ length: PARALLEL }, () => `token-${++next}`);
			sent.push(
				...(await sendAll({
					url: `${cluster.webhook.url}/webhook/${path}`,
					ids,
					body: (id) => ({ user_id: id }),
					parallel: PARALLEL,
				})),
			);
		}
		return sent;
	};
	const rounds = (count: number) => () => count-- > 0;

	/** Runs the load, with `during` beside it, and counts the token requests of each token's life. */
	const phase = async (
		name: string,
		lifetime: number,
		goOn: () => boolean,
		during?: (revoke: () => void) => void,
	) => {
		const known = sandbox.requests.length;
		const ends: number[] = [];
		during?.(() => {
			sandbox.revokeTokens();
			ends.push(Date.now());
		});
		const startedAt = Date.now();
		const sent = await load(goOn);
		const times = sandbox.requests
			.slice(known)
			.filter(({ path: to }) => to === '/auth/v2/token/')
			.map(({ time }) => Date.parse(time));
		const lives = livesOf(times, usable(lifetime), ends);
		const again = sent.filter(({ statuses }) => statuses.length > 1).length;
		return {
			name,
			lifetime,
			seconds: (Date.now() - startedAt) / 1000,
			signups: sent.length,
			again,
			revoked: ends.length,
			requests: times.length,
			lives: lives.length,
			most: Math.max(0, ...lives),
		};
	};

	await load(rounds(1));
	let revoked = 0;
	const revocations = await phase('revocations', 86_400, rounds(short ? 3 : 10), (revoke) => {
		// At any time, so that requests with the old token are under way.
		const timer = setInterval(
			() => {
				if (revoked++ < (short ? 1 : 4)) revoke();
				else clearInterval(timer);
			},
			short ? 1_000 : 3_000,
		);
		timer.unref();
	});
	const lifetime = short ? 5 : 20;
	sandbox.setTokenLifetime(lifetime);
	sandbox.revokeTokens();
	const until = Date.now() + (short ? 12_000 : 60_000);
	const shortLives = await phase('short life', lifetime, () => Date.now() < until);
	sandbox.setTokenLifetime(86_400);

	const phases = [revocations, shortLives];
	return {
		tables: [
			{
				title: 'Tokens',
				note: `${PARALLEL} signups at once, round after round, to ${WORKERS} workers. A token's life begins with the first request for one and lasts until the token is revoked or has to be renewed.`,
				columns: [
					'phase',
					'token life in s',
					'seconds',
					'signups',
					'sent more than once',
					'revocations',
					'lives',
					'token requests',
					'most in one life',
				],
				rows: phases.map((one) => [
					one.name,
					one.lifetime,
					one.seconds,
					one.signups,
					one.again,
					one.revoked,
					one.lives,
					one.requests,
					one.most,
				]),
			},
		],
		aims: [
			...phases.map(({ name, most }) => ({
				text: `Most token requests of ${WORKERS} workers in one token's life, ${name}`,
				measured: most,
				atLeast: 1,
				atMost: WORKERS,
			})),
			{
				text: 'Signups that did not succeed at once while tokens were revoked or ran out',
				measured: phases.reduce((sum, { again }) => sum + again, 0),
				atMost: 0,
			},
		],
	};
};

/** Token requests of each life, in order. A life that was ended before anybody asked for a token has none. */
function livesOf(times: number[], usableFor: number, ends: number[]): number[] {
	const lives: number[] = [];
	let endsAt = -Infinity;
	for (const time of times) {
		if (time >= endsAt) {
			lives.push(0);
			endsAt = Math.min(time + usableFor, ...ends.filter((end) => end > time));
		}
		lives[lives.length - 1]++;
	}
	return lives;
}

/** What goes wrong at the sandbox during the soak, and how often it did. */
import type { Table } from '../../harness/report.mts';
import type { Kind } from '../../sandbox/faults/chaos.mts';
import type { Chance } from './chance.mts';
import { ask } from '../../harness/sandbox.mts';
import type { Setting } from './setting.mts';

const CHANCES: Record<Kind, number> = {
	limited: 0.01,
	limitedSilently: 0.002,
	failed: 0.006,
	failedAfter: 0.006,
	badGateway: 0.004,
	page: 0.004,
	truncated: 0.006,
	droppedBefore: 0.006,
	droppedAfter: 0.006,
	droppedMidway: 0.006,
	// A node replaces a refused token once a minute, so that a second revocation within that time fails the rest of a batch.
	revoked: 0.0003,
};

const MEANING: Record<Kind, string> = {
	limited: '429 with Retry-After',
	limitedSilently: '429 without',
	failed: '5xx, nothing done',
	failedAfter: '5xx, but done',
	badGateway: '502 with a page',
	page: '200 with a page instead of JSON',
	truncated: 'half of the JSON, done',
	droppedBefore: 'connection lost, nothing done',
	droppedAfter: 'connection lost, but done',
	droppedMidway: 'connection lost in the middle of the answer, done',
	revoked: 'every token revoked',
};

/** Most slow answers come late, a few later than the time-out of the nodes, and take effect all the same. */
const SLOW = { chance: 0.1, most: 400 };
const LATE = { chance: 0.003, most: 8_000 };

export async function startChaos({ sandbox }: Setting, seed: number): Promise<void> {
	await ask(sandbox, 'POST', '/sandbox/faults', { chaos: { seed, chances: CHANCES, slow: SLOW } });
	await ask(sandbox, 'POST', '/sandbox/faults', { chaos: { seed: seed + 1, slow: LATE } });
}

/** All tokens stop working at a moment of the round that nobody knows. */
export async function revokeSomewhen({ sandbox }: Setting, chance: Chance): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, chance.between(0, 3_000)));
	await ask(sandbox, 'POST', '/sandbox/tokens/revoke');
}

interface FaultRow {
	seen: number;
	applied: number;
	drawn: Partial<Record<Kind, number>>;
}

/** @param revocations beside those of the sandbox itself */
export async function chaosOf(
	{ sandbox }: Setting,
	revocations: number,
): Promise<{ table: Table; kinds: number }> {
	const {
		faults: [main, late],
	} = await ask<{ faults: FaultRow[] }>(sandbox, 'GET', '/sandbox/faults');
	const { tokens } = await ask<{ tokens: string[] }>(sandbox, 'GET', '/sandbox/tokens');
	const kinds = Object.keys(MEANING) as Kind[];
	const times = (kind: Kind) => (main.drawn[kind] ?? 0) + (kind === 'revoked' ? revocations : 0);
	return {
		kinds: kinds.filter((kind) => times(kind) > 0).length,
		table: {
			title: 'Faults',
			note: `Of ${main.seen} calls, among them ${tokens.length} exchanges that gave out a token; a tenth of all calls took up to ${SLOW.most} ms longer, and ${late.applied} up to ${LATE.most / 1000} s, where the nodes wait for 4.`,
			columns: ['fault', 'calls'],
			rows: kinds.map((kind) => [MEANING[kind], times(kind)]),
		},
	};
}

/** How fast the signature of a delivery is checked, in-process with the built code, beside a bare HMAC and beside JSON.parse. */
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { packPackage } from '../../harness/package.mts';
import type * as Verdict from '../../nodes/Didit/decision/verdict.ts';
import type * as Signature from '../../nodes/Didit/webhook/signature.ts';
import type { Bench } from './measured.mts';
import { deliveryOf, SECRET, signedEvents, type Delivery } from './deliveries.mts';

const KB = 1024;
/** X-Signature-V2 is not read beyond 512 KB. */
const SIZES = [1 * KB, 10 * KB, 500 * KB, 1024 * KB];

type Contender = 'hmac' | 'raw' | 'both' | 'canonical' | 'parse';

export const verification: Bench = async ({ short, say, signal }) => {
	const packageDir = await packPackage(signal);
	const built = createRequire(join(packageDir, 'dist/nodes/Didit/'));
	const { verifySignature } = built('./webhook/signature.js') as typeof Signature;
	const { readVerdict } = built('./decision/verdict.js') as typeof Verdict;
	const rounds = short ? 5 : 9;
	const rows: Array<Array<string | number>> = [];
	const medians: Array<Record<Contender, number>> = [];

	for (const signed of await signedEvents(SIZES)) {
		const delivery = deliveryOf(signed);
		const { body, headers } = delivery;
		say(named(body.length));
		const check = (left: Delivery['headers'], outcome: string) => () => {
			const now = Number(headers['x-timestamp']) * 1000;
			const result = verifySignature({ rawBody: body, headers: left, now }, SECRET);
			if ((result.ok ? 'ok' : result.reason) !== outcome)
				throw new Error(`A delivery of ${body.length} bytes was judged ${JSON.stringify(result)}`);
		};
		const without = (name: string) =>
			Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
		const isRead = body.length <= 256 * KB;
		const work: Record<Contender, () => void> = {
			hmac: () => createHmac('sha256', SECRET).update(body).digest('hex'),
			raw: check(without('x-signature-v2'), 'ok'),
			both: check(headers, 'ok'),
			canonical: check(without('x-signature'), isRead ? 'ok' : 'wrong_signature'),
			parse: () => JSON.parse(body.toString()) as unknown,
		};
		const rate = measure(work, body.length, rounds, short ? 40 : 200);
		medians.push(rate);
		rows.push([
			named(body.length),
			rate.hmac,
			rate.raw,
			rate.both,
			isRead ? rate.canonical : 'refused unread',
			rate.parse,
		]);
	}
	const [, tenKB] = medians;
	const [largest] = (await signedEvents([1024 * KB])).map(({ body }) => JSON.parse(body) as Event);
	const verdict = timeOf(() => readVerdict(largest.decision), rounds);
	return {
		tables: [
			{
				title: 'Verification of a delivery, in MB/s',
				note: `One core, in-process, medians of ${rounds} alternating rounds. Didit sends X-Signature (over the bytes) and X-Signature-V2 (over the JSON in canonical form); the second counts only where the first does not match, as behind a proxy that re-writes bodies. X-Signature-Simple leaves the decision unprotected, so the package never accepts it. Bodies above 512 KB are not read for X-Signature-V2.`,
				columns: [
					'body',
					'bare HMAC-SHA256',
					'X-Signature alone',
					'both signatures',
					'X-Signature-V2 alone',
					'JSON.parse',
				],
				rows,
			},
		],
		aims: [
			{
				text: 'Verification: X-Signature at 10 KB, share of the rate of a bare HMAC',
				measured: tenKB.both / tenKB.hmac,
				atLeast: 0.8,
				timing: true,
			},
			{
				text: 'Verification: a second signature beside a right X-Signature, share of the rate without it (10 KB)',
				measured: tenKB.both / tenKB.raw,
				atLeast: 0.9,
				timing: true,
			},
			{
				text: 'Verification: verdict of a decision of 1 MB, in ms',
				measured: verdict,
				atMost: 10,
				timing: true,
			},
		],
	};
};

interface Event {
	decision: object;
}

/** Median of the milliseconds of CPU time that some work takes, once it is compiled. */
function timeOf(work: () => void, rounds: number): number {
	const TIMES = 20;
	const times = Array.from({ length: rounds + 1 }, () => {
		const before = process.cpuUsage();
		for (let time = 0; time < TIMES; time++) work();
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1e3 / TIMES;
	});
	return median(times.slice(1));
}

/** MB/s of each contender: medians over rounds in which all take their turn, each for about the given time. */
function measure(
	work: Record<Contender, () => void>,
	bytes: number,
	rounds: number,
	milliseconds: number,
): Record<Contender, number> {
	const names = Object.keys(work) as Contender[];
	const rates = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
		Contender,
		number[]
	>;
	// One more round before the first, for the compiler.
	for (let round = -1; round < rounds; round++) {
		for (const name of names) {
			let count = 0;
			const start = performance.now();
			let spent = 0;
			for (; spent < milliseconds; spent = performance.now() - start, count++) work[name]();
			if (round >= 0) rates[name].push((count * bytes) / 1e3 / spent);
		}
	}
	return Object.fromEntries(names.map((name) => [name, median(rates[name])])) as Record<
		Contender,
		number
	>;
}

const named = (bytes: number) =>
	bytes < 1000 * KB ? `${Math.round(bytes / KB)} KB` : `${Math.round(bytes / KB / KB)} MB`;

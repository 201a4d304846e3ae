/** What the benchmarks share: the shape of one, and the options of a run. */
import type { Findings } from '../../harness/report.mts';

export interface BenchOptions {
	/** Fewer sizes and rounds, for CI. */
	short: boolean;
	/** Told to whoever watches. */
	say: (text: string) => void;
}

/** One benchmark. It starts what it needs, stops it again, and says what it found; `about` is put together by the command. */
export type Bench = (options: BenchOptions) => Promise<Omit<Findings, 'about'>>;

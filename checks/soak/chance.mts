/** Random choices that come again with the same seed. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Chance {
	/** From `least` to `most`, both included. */
	between(least: number, most: number): number;
	pick<T>(from: readonly T[]): T;
}

export function chanceOf(seed: number): Chance {
	const random = xoroshiro128plus(seed);
	const between = (least: number, most: number) => uniformInt(random, least, most);
	return { between, pick: (from) => from[between(0, from.length - 1)] };
}

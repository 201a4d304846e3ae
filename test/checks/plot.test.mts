/** The pictures of a check show its points, for light and for dark pages. Vega is an ES module, which Jest doesn't load. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = `
	import { draw } from './harness/plot.mts';
	const points = [1, 10, 1000].flatMap((x) => [
		{ x, y: x, line: 'this node' },
		{ x, y: 3 * x, line: 'HTTP Request node' },
	]);
	const plot = { name: 'time', title: 'Time by items', x: 'items', y: 'ms', logarithmic: ['x', 'y'], points };
	await draw([plot], process.argv.at(-1));
`;

it('draws a line for each contender with all its points, once for light and once for dark', () => {
	const folder = mkdtempSync(join(tmpdir(), 'plot-'));
	execFileSync(process.execPath, [
		...['--import', 'tsx', '--input-type=module', '--eval', PROGRAM],
		folder,
	]);
	const [light, dark] = ['light', 'dark'].map((theme) =>
		readFileSync(join(folder, `time-${theme}.svg`), 'utf8'),
	);
	for (const picture of [light, dark]) {
		expect(picture).toMatch(/^<svg/);
		for (const text of ['Time by items', 'items', 'ms', 'this node', 'HTTP Request node'])
			expect(picture).toContain(`>${text}</text>`);
		const points = new Set(picture.match(/aria-label="items: [^"]*; line: this node"/g));
		expect(points.size).toBe(3);
	}
	expect(light).not.toBe(dark);
});

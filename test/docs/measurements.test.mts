/** The page of measurements shows what was measured, and a missed aim is not called met. */
import { readFileSync } from 'node:fs';
import { isMet, renderPage } from '../../harness/report.mts';

it('shows in docs/measurements.md exactly what the commands wrote down', () => {
	expect(readFileSync('docs/measurements.md', 'utf8')).toBe(renderPage());
});

it('judges an aim by its bounds, and times more generously in a short run', () => {
	expect(isMet({ text: 'rate', measured: 0.9, atLeast: 0.9 })).toBe(true);
	expect(isMet({ text: 'rate', measured: 0.89, atLeast: 0.9 })).toBe(false);
	expect(isMet({ text: 'exchanges', measured: 2, atMost: 1 }, 1.5)).toBe(false);
	expect(isMet({ text: 'rate', measured: 0.7, atLeast: 0.9, timing: true }, 1.5)).toBe(true);
	expect(isMet({ text: 'rate', measured: 0.5, atLeast: 0.9, timing: true }, 1.5)).toBe(false);
});

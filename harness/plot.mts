/** Draws what a check found: one picture of lines for each plot, as SVG for light and for dark pages. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from 'vega-lite';

export interface Plot {
	/** Of the files, without ending. */
	name: string;
	/** What can be seen, in a sentence. It's the text for those who can't see it, too. */
	title: string;
	x: string;
	y: string;
	/** Axes on which each step is a factor, for what spans several powers of ten. */
	logarithmic?: Array<'x' | 'y'>;
	points: Array<{ x: number; y: number; line: string }>;
}

const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

export const plotFile = ({ name }: Plot, theme: Theme): string => `${name}-${theme}.svg`;

/** Colors that people with any kind of color vision can tell apart, after Okabe and Ito; lines differ in their dashes too. */
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

const INK: Record<Theme, { text: string; grid: string }> = {
	light: { text: '#1f2328', grid: '#d1d9e0' },
	dark: { text: '#f0f6fc', grid: '#3d444d' },
};

function configOf(theme: Theme): Config {
	const { text, grid } = INK[theme];
	return {
		font: 'sans-serif',
		background: 'transparent',
		axis: {
			labelColor: text,
			titleColor: text,
			gridColor: grid,
			domainColor: grid,
			tickColor: grid,
		},
		legend: {
			labelColor: text,
			labelLimit: 400,
			orient: 'bottom',
			columns: 2,
			title: null,
			symbolType: 'stroke',
			symbolSize: 300,
			symbolStrokeWidth: 2,
		},
		title: { color: text, anchor: 'start' },
		view: { stroke: grid },
	};
}

/** Writes both pictures of each plot. */
export async function draw(plots: Plot[], folder: string): Promise<void> {
	mkdirSync(folder, { recursive: true });
	for (const plot of plots)
		for (const theme of THEMES)
			writeFileSync(join(folder, plotFile(plot, theme)), await picture(plot, theme));
}

async function picture(plot: Plot, theme: Theme): Promise<string> {
	const [{ parse, View }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
	const lines = [...new Set(plot.points.map(({ line }) => line))];
	const axis = (field: 'x' | 'y') => ({
		field,
		type: 'quantitative' as const,
		title: plot[field],
		scale: { type: plot.logarithmic?.includes(field) ? ('log' as const) : ('linear' as const) },
	});
	const { spec } = compile({
		title: plot.title,
		width: 560,
		height: 300,
		data: { values: plot.points },
		mark: { type: 'line', point: true },
		encoding: {
			x: axis('x'),
			y: axis('y'),
			color: { field: 'line', type: 'nominal', scale: { domain: lines, range: COLORS } },
			strokeDash: { field: 'line', type: 'nominal', scale: { domain: lines } },
		},
		config: configOf(theme),
	});
	return `${await new View(parse(spec), { renderer: 'none' }).toSVG()}\n`;
}

/** A small picture of the canvas of every example, set up as its user would. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openPage } from '../../harness/browser.mts';
import { chooseCredentials, readWorkflow } from '../../harness/examples.mts';
import type { N8nClient, Stored } from '../../harness/n8n/client.mts';
import { openWorkflow } from '../../harness/n8n/editor.mts';
import { CLONE } from '../../harness/paths.mts';
import { take, type Part } from './camera.mts';

const SIZE = { width: 1400, height: 700 };
const WIDTH = 640;
const MARGIN = 70;

/** The part of the screen with the nodes, twice as wide as high, so that all pictures have one size. */
async function nodesOn(page: Page): Promise<Part> {
	const nodes = await page.locator('[data-test-id="canvas-node"]').all();
	const boxes = await Promise.all(nodes.map(async (node) => (await node.boundingBox())!));
	const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN;
	const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN;
	// Names stand below the nodes.
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + 1.5 * MARGIN;
	const width = Math.min(SIZE.width, Math.max(right - left, 2 * (bottom - top)));
	const height = width / 2;
	const within = (middle: number, size: number, most: number) =>
		Math.max(0, Math.min(middle - size / 2, most - size));
	return {
		x: within((left + right) / 2, width, SIZE.width),
		y: within((top + bottom) / 2, height, SIZE.height),
		width,
		height,
	};
}

/** Bars and buttons around and over the canvas, which say nothing about the example. */
const AROUND = `
	.vue-flow__panel, .vue-flow__minimap, #header, #sidebar, [data-test-id="main-header"],
	[data-test-id="canvas-controls"], [data-test-id="execute-workflow-button"],
	[data-test-id="ask-assistant-floating-button"], [class*="bottomMenu"], [class*="executionButtons"],
	[class*="nodeButtonsWrapper"], [class*="logsPanel"], [class*="LogsPanel"] { visibility: hidden !important }
`;

export async function gallery(
	browser: Browser,
	client: N8nClient,
	credentials: Record<string, Stored>,
): Promise<void> {
	const { page } = await openPage(
		browser,
		{ viewport: SIZE, deviceScaleFactor: 2 },
		{ url: client.url, session: client.session },
	);
	page.setDefaultTimeout(90_000);
	const files = await readdir(join(CLONE, 'examples'));
	for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
		const workflow = chooseCredentials(await readWorkflow(`examples/${file}`), credentials);
		// The note's text would be too small to read.
		workflow.nodes = workflow.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
		const { id } = await client.createWorkflow(workflow);
		await openWorkflow(page, `${client.url}/workflow/${id}`);
		await page.locator('[data-test-id="zoom-to-fit"]').click();
		await page.addStyleTag({ content: AROUND });
		// The canvas glides to its new place.
		await (
			await page.locator('[data-test-id="canvas-node"]').first().elementHandle()
		).waitForElementState('stable');
		const name = `example-${file.replace('.json', '')}`;
		await take(page, name, { part: await nodesOn(page), width: WIDTH });
	}
	await page.close();
}

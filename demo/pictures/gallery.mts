/** A small picture of the canvas of every example, set up as its user would. */
import { readdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { chooseCredentials, readWorkflow } from '../../harness/examples.mts';
import type { N8nClient, Stored } from '../../harness/n8n/client.mts';
import { openWorkflow } from '../../harness/n8n/editor.mts';
import { join } from 'node:path';
import { CLONE } from '../../harness/paths.mts';
import { take } from './camera.mts';

const WIDTH = 640;

/** Buttons over the canvas, which say nothing about the example. */
const BUTTONS = `
	.vue-flow__panel, .vue-flow__minimap, [data-test-id="node-creator-plus-button"],
	[data-test-id="canvas-controls"], [data-test-id="execute-workflow-button"],
	[data-test-id="ask-assistant-floating-button"], [class*="bottomMenu"], [class*="executionButtons"] { visibility: hidden !important }
`;

export async function gallery(
	page: Page,
	client: N8nClient,
	credentials: Record<string, Stored>,
): Promise<void> {
	const files = await readdir(join(CLONE, 'examples'));
	for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
		const workflow = chooseCredentials(await readWorkflow(`examples/${file}`), credentials);
		// The note's text would be too small to read.
		workflow.nodes = workflow.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
		const { id } = await client.createWorkflow(workflow);
		await openWorkflow(page, `${client.url}/workflow/${id}`);
		await page.addStyleTag({ content: BUTTONS });
		await page.keyboard.press('1');
		await page.waitForTimeout(600);
		await take(page, `example-${file.replace('.json', '')}`, WIDTH);
	}
}

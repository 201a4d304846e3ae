/** The n8n editor in a browser, by the things that a builder does in it. For the end-to-end tests and the pictures. */
import type { Locator, Page } from 'playwright-core';

/** @param workflowUrl for example `http://127.0.0.1:5678/workflow/abc` */
export async function openWorkflow(page: Page, workflowUrl: string): Promise<void> {
	await page.goto(workflowUrl);
	await page.locator('[data-test-id="canvas-node"]').first().waitFor();
}

export function canvasNode(page: Page, name: string): Locator {
	return page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}

/** Opens the panel of a node and resolves to it when its parameters are there. */
export async function openNode(page: Page, name: string): Promise<Locator> {
	// The middle of the box: the caption belongs to the canvas.
	await canvasNode(page, name).dblclick({ position: { x: 48, y: 48 } });
	const panel = page.locator('[data-test-id="ndv"]');
	await panel
		.locator('[data-test-id="node-parameters"] [data-test-id="parameter-item"]')
		.first()
		.waitFor();
	return panel;
}

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

/** Adds a node behind another one (at the plus, at its first output that is free), and resolves to its panel. */
export async function addNode(
	page: Page,
	{ after, search, action }: { after?: string; search: string; action?: string },
): Promise<Locator> {
	if (after === undefined) await page.locator('[data-test-id="canvas-plus-button"]').click();
	else {
		await page.locator('[data-test-id="zoom-to-fit"]').click();
		const handles = canvasNode(page, after).locator('xpath=..');
		await handles.locator('[data-test-id="canvas-handle-plus"]').first().click();
	}
	const creator = page.locator('[data-test-id="node-creator"]');
	await creator.locator('[data-test-id="node-creator-search-bar"]').fill(search);
	await creator
		.locator('[data-test-id="node-creator-item-name"]')
		.getByText(search, { exact: true })
		.click();
	if (action !== undefined) await creator.getByText(action, { exact: true }).click();
	const panel = page.locator('[data-test-id="ndv"]');
	await panel.locator('[data-test-id="node-parameters"]').waitFor();
	return panel;
}

export async function closePanel(panel: Locator): Promise<void> {
	await panel.locator('[data-test-id="ndv-close-button"]').click();
	await panel.waitFor({ state: 'hidden' });
}

const input = (form: Locator, name: string) =>
	form.locator(`[data-test-id="parameter-input-${name}"]`);

/** Types into a field of a panel or of a credential's window; with curly brackets it becomes an expression. */
export async function enter(form: Locator, name: string, text: string): Promise<void> {
	await input(form, name).locator('input, textarea').first().fill(text);
}

export async function choose(form: Locator, name: string, option: string): Promise<void> {
	await input(form, name).click();
	await form.page().getByRole('option', { name: option }).click();
}

/** What n8n shows when something is wrong: on a node, in a panel, in a message. */
const TROUBLE = [
	'[data-test-id="node-issues"]',
	'[data-test-id="canvas-node-status-warning"]',
	'[data-test-id="sanitized-error-message"]',
	'[data-test-id="rlc-error-container"]',
	'.el-notification__icon.el-notification--error',
	'.el-notification__icon.el-notification--warning',
	'.has-issues',
];

/** The selectors of what the screen shows of that; none when all is well. */
export async function troubleOn(page: Page): Promise<string[]> {
	const shown = await Promise.all(
		TROUBLE.map(async (selector) => await page.locator(selector).first().isVisible()),
	);
	return TROUBLE.filter((_, index) => shown[index]);
}

/** The sandbox's own pages on a phone: nothing that axe calls serious, and nothing lost while the dashboard updates itself. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launch, openPage } from '../../harness/browser.mts';
import { createSession } from './support/examples.mts';
import { world } from './support/world.mts';

const PHONE = { viewport: { width: 360, height: 740 } };

let browser: Browser;
beforeAll(async () => (browser = await launch()));
afterAll(async () => await browser.close());

const open = async (url: string, more: object = {}): Promise<Page> => {
	const { page } = await openPage(browser, { ...PHONE, ...more });
	await page.goto(url);
	return page;
};

/** What axe calls serious or critical, one line each. */
async function serious(page: Page): Promise<string[]> {
	await page.evaluate(axe.source);
	const { violations } = await page.evaluate(
		async () => await (globalThis as unknown as { axe: typeof axe }).axe.run(),
	);
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

const width = async (page: Page) => await page.evaluate('document.documentElement.scrollWidth');

it.each(['light', 'dark'] as const)(
	'are free of serious faults and fit a phone (%s)',
	async (colorScheme) => {
		const { url } = await createSession(null);
		for (const address of [`${world.sandbox.url}/`, url, `${url}x`]) {
			const page = await open(address, { colorScheme });
			expect([address, await serious(page)]).toEqual([address, []]);
			expect([address, await width(page)]).toEqual([address, 360]);
			await page.context().close();
		}
	},
);

it('keeps focus and sideways scrolling on the dashboard while new sessions come in', async () => {
	await createSession(null);
	const page = await open(`${world.sandbox.url}/`);
	const region = page.getByRole('region', { name: 'Sessions' });
	const link = region.getByRole('link').first();
	const name = await link.getAttribute('aria-label');
	await region.evaluate((element) => (element.scrollLeft = 120));
	await link.focus();
	await region.evaluate((element) => (element.scrollLeft = 120));
	const before = await region.getByRole('link').count();
	await createSession(null);
	await region.getByRole('link').nth(before).waitFor();
	expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe(name);
	expect(await region.evaluate((element) => element.scrollLeft)).toBe(120);
	await page.context().close();
});

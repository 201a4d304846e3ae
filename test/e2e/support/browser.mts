/** Pages for the tests: signed in to the n8n under test or not at all, with screenshots that are kept after the run. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openPage, type Watched } from '../../../harness/browser.mts';
import type { Session } from '../../../harness/n8n/client.mts';
import { CLONE } from '../../../harness/paths.mts';
import { hostOf } from '../../../checks/hosts/hosts.mts';
import { world } from './world.mts';

export const builder = async (
	browser: Browser,
	n8n: { url: string; session: Session } = world.n8n,
): Promise<Watched> => await openPage(browser, { viewport: { width: 1400, height: 900 } }, n8n);

export const visitor = async (browser: Browser): Promise<Watched> =>
	await openPage(browser, { viewport: { width: 390, height: 844 } });

/** What went wrong in a page, without what this release of n8n reports by itself. */
export function faults({ errors, outside }: Watched): { errors: string[]; outside: string[] } {
	const { editorErrors } = hostOf(process.env.E2E_HOST);
	return {
		errors: errors.filter((text) => !editorErrors.some((known) => known.test(text))),
		outside,
	};
}

export async function screenshot(page: Page, name: string): Promise<void> {
	await page.screenshot({
		path: join(CLONE, '.tmp/screenshots', process.env.E2E_HOST ?? '', `${name}.png`),
	});
}

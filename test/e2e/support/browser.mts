/** A Chromium that is signed in to the n8n under test, notes what goes wrong in its pages, and keeps screenshots. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { BROWSER_ID } from '../../../demo/n8n/client.mts';
import { CLONE } from '../../../demo/paths.mts';
import { world } from './world.mts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/Applications/Google Chrome.app/Contents/MacOS', '/Applications/Chromium.app/Contents/MacOS'];

/** `CHROMIUM_PATH` names another one. Throws a sentence when there is none. */
export function findChromium(): string {
	const candidates = FOLDERS.flatMap((folder) => [...NAMES, 'Google Chrome', 'Chromium'].map((name) => join(folder, name)));
	const found = [process.env.CHROMIUM_PATH, ...candidates].find((path) => path && existsSync(path));
	if (!found) throw new Error('There is no Chromium or Chrome here. Install one, or name it in the variable CHROMIUM_PATH.');
	return found;
}

export async function launch(): Promise<Browser> {
	return await chromium.launch({
		executablePath: findChromium(),
		args: ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
		// Chromium's own sandbox does not work for root.
		chromiumSandbox: process.getuid?.() !== 0 && !process.env.CI,
	});
}

export interface Watched {
	page: Page;
	/** Errors of the console and of scripts. */
	errors: string[];
	/** Addresses outside this machine that the page asked for. */
	outside: string[];
}

/** A page of its own browser profile, by default signed in to n8n. */
export async function open(browser: Browser, { size = { width: 1400, height: 900 }, signedIn = true } = {}): Promise<Watched> {
	const context = await browser.newContext({ viewport: size, locale: 'en-GB' });
	if (signedIn) {
		await context.addCookies([{ ...world.n8n.session, url: world.n8n.url }]);
		await context.addInitScript(`localStorage.setItem('n8n-browserId', '${BROWSER_ID}')`);
	}
	const page = await context.newPage();
	const watched: Watched = { page, errors: [], outside: [] };
	page.on('console', (message) => {
		if (message.type() === 'error') watched.errors.push(`${message.text()} (${message.location().url})`);
	});
	page.on('pageerror', (error) => watched.errors.push(error.message));
	page.on('request', (request) => {
		const url = new URL(request.url());
		if (url.protocol.startsWith('http') && url.hostname !== '127.0.0.1') watched.outside.push(request.url());
	});
	return watched;
}

/** Keeps what the page shows, for a look after the run. */
export async function screenshot(page: Page, name: string): Promise<void> {
	await page.screenshot({ path: join(CLONE, '.tmp/screenshots', `${name}.png`) });
}

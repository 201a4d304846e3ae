/** A Chromium that notes what goes wrong in its pages. For the end-to-end tests and the pictures. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { BROWSER_ID, type Session } from './n8n/client.mts';

const NAMES = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'Google Chrome',
	'Chromium',
];
const FOLDERS = [
	...(process.env.PATH ?? '').split(delimiter),
	'/Applications/Google Chrome.app/Contents/MacOS',
	'/Applications/Chromium.app/Contents/MacOS',
];

/** `CHROMIUM_PATH` names another one. Throws a sentence when there is none. */
function findChromium(): string {
	const candidates = FOLDERS.flatMap((folder) => NAMES.map((name) => join(folder, name)));
	const found = [process.env.CHROMIUM_PATH, ...candidates].find((path) => path && existsSync(path));
	if (!found)
		throw new Error(
			'There is no Chromium or Chrome here. Install one, or name it in the variable CHROMIUM_PATH.',
		);
	return found;
}

export async function launch(): Promise<Browser> {
	return await chromium.launch({
		executablePath: findChromium(),
		args: [
			'--disable-gpu',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--disable-dev-shm-usage',
		],
		// Chromium's own sandbox does not work for root, nor in many CI machines.
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

/** A page with a browser profile of its own, signed in to the n8n that is given. */
export async function openPage(
	browser: Browser,
	options: BrowserContextOptions,
	n8n?: { url: string; session: Session },
): Promise<Watched> {
	const context = await browser.newContext({ locale: 'en-GB', ...options });
	if (n8n) {
		await context.addCookies([{ ...n8n.session, url: n8n.url }]);
		await context.addInitScript(`localStorage.setItem('n8n-browserId', '${BROWSER_ID}')`);
	}
	const page = await context.newPage();
	const watched: Watched = { page, errors: [], outside: [] };
	page.on('console', (message) => {
		if (message.type() === 'error')
			watched.errors.push(`${message.text()} (${message.location().url})`);
	});
	page.on('pageerror', (error) => watched.errors.push(error.message));
	page.on('request', (request) => {
		const url = new URL(request.url());
		if (url.protocol.startsWith('http') && url.hostname !== '127.0.0.1')
			watched.outside.push(request.url());
	});
	return watched;
}

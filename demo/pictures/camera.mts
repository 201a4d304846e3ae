/** Takes the pictures in docs/images: light and dark, none too large, none of a screen that shows an error. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { troubleOn } from '../../harness/n8n/editor.mts';
import { CLONE } from '../../harness/paths.mts';

const IMAGES = join(CLONE, 'docs/images');

/** Bytes. A reader on a phone loads them all. */
const LARGEST = 150 * 1024;

/** Throws when the screen shows an error. */
async function expectNoTrouble(page: Page, name: string): Promise<void> {
	const [trouble] = await troubleOn(page);
	if (trouble) throw new Error(`The screen of the picture "${name}" shows an error: ${trouble}`);
}

export async function save(name: string, picture: Buffer): Promise<void> {
	await mkdir(IMAGES, { recursive: true });
	await writeFile(join(IMAGES, name), picture);
	console.log(`docs/images/${name}, ${Math.ceil(picture.length / 1024)} KB`);
}

export interface Part {
	x: number;
	y: number;
	width: number;
	height: number;
}

export async function screen(page: Page, name: string, clip?: Part): Promise<Buffer> {
	await expectNoTrouble(page, name);
	return await page.screenshot({ animations: 'disabled', clip });
}

/** JPEG, as good as its size allows: the build copies every png and svg of the repository into the package. */
async function jpeg(picture: Buffer): Promise<Buffer> {
	for (const quality of [85, 75, 65, 55]) {
		const made = await sharp(picture).jpeg({ quality, mozjpeg: true }).toBuffer();
		if (made.length <= LARGEST) return made;
	}
	throw new Error('The picture is too large. Show less of the screen.');
}

/**
 * Takes `<name>.jpg`, and `<name>-dark.jpg` for readers who have GitHub dark.
 * @param part of the screen, if not all of it, and its width in the picture
 */
export async function take(
	page: Page,
	name: string,
	{ part, width }: { part?: Part; width?: number } = {},
): Promise<void> {
	for (const scheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme: scheme });
		const taken = await screen(page, name, part);
		const sized = width ? await sharp(taken).resize({ width }).toBuffer() : taken;
		await save(`${name}${scheme === 'dark' ? '-dark' : ''}.jpg`, await jpeg(sized));
	}
	await page.emulateMedia({ colorScheme: 'light' });
}

/** Takes `<name>.jpg` of a page that has one look only. */
export async function takeOnce(page: Page, name: string): Promise<void> {
	await save(`${name}.jpg`, await jpeg(await screen(page, name)));
}

/** The moving picture of the README: screens that were taken on the way from a signup to its result, one after the other. */
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { openPage } from '../../harness/browser.mts';
import { save } from './camera.mts';

/** Bytes. */
const LARGEST = 1024 * 1024;
const SECONDS = 2.6;
const SIZE = { width: 900, height: 560 };

interface Scene {
	caption: string;
	/** PNG. */
	screen: Buffer;
}

const stage = ({ caption, screen }: Scene, number: number, count: number) => `
<style>
	body { margin: 0; height: 100vh; display: flex; flex-direction: column; background: #f4f1fb; font: 600 24px sans-serif; color: #2b2140 }
	header { display: flex; justify-content: space-between; padding: 16px 24px }
	small { font-size: 18px; font-weight: 400 }
	main { flex: 1; min-height: 0; display: flex; justify-content: center; padding: 0 24px 24px }
	img { max-width: 100%; max-height: 100%; object-fit: contain; border-radius: 8px; box-shadow: 0 2px 12px #0003 }
</style>
<header><span>${caption}</span><small>${number} / ${count}</small></header>
<main><img src="data:image/png;base64,${screen.toString('base64')}"></main>`;

export class Film {
	private readonly scenes: Scene[] = [];

	add(caption: string, screen: Buffer): void {
		this.scenes.push({ caption, screen });
	}

	/** Saves `docs/images/<name>.webp`. */
	async save(browser: Browser, name: string): Promise<void> {
		const { page } = await openPage(browser, { viewport: SIZE });
		const frames: Buffer[] = [];
		for (const [index, scene] of this.scenes.entries()) {
			await page.setContent(stage(scene, index + 1, this.scenes.length));
			await page.locator('img').evaluate('(image) => image.decode()');
			frames.push(await page.screenshot());
		}
		await page.close();
		const film = await sharp(frames, { join: { animated: true } })
			.webp({ quality: 70, delay: frames.map(() => SECONDS * 1000), loop: 0 })
			.toBuffer();
		if (film.length > LARGEST) throw new Error('The moving picture is larger than 1 MB.');
		await save(`${name}.webp`, film);
	}
}

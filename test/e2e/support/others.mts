/** More n8n beside the one under test, each with data and an address of its own. */
import { mkdir, readFile } from 'node:fs/promises';
import { N8nClient } from '../../../harness/n8n/client.mts';
import { world } from './world.mts';

export interface Other {
	client: N8nClient;
	stop(): Promise<void>;
	log(): Promise<string>;
}

const started = new Set<string>();

/** Starts it, empty if the folder is, and signs in. */
export async function startOther(
	userFolder: string,
	port: number,
	publicUrl = `http://127.0.0.1:${port}/`,
): Promise<Other> {
	await mkdir(userFolder, { recursive: true });
	const { url, log } = await control<{ url: string; log: string }>('others', {
		userFolder,
		port,
		publicUrl,
	});
	started.add(userFolder);
	return {
		client: await N8nClient.signIn(url),
		stop: async () => await stopOther(userFolder),
		log: async () => await readFile(log, 'utf8'),
	};
}

export async function stopOthers(): Promise<void> {
	for (const userFolder of started) await stopOther(userFolder);
}

async function stopOther(userFolder: string): Promise<void> {
	await control('others/stop', { userFolder });
	started.delete(userFolder);
}

async function control<T>(path: string, body: object): Promise<T> {
	const answer = await fetch(new URL(path, world.crashUrl), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	const text = await answer.text();
	if (!answer.ok) throw new Error(`${path}: ${text}`);
	return (text.startsWith('{') ? JSON.parse(text) : undefined) as T;
}

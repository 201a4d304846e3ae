// 200 documents of 5 MB, many at a time: they pass through, and don't lie in memory.
import { setInterval } from 'node:timers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import nock from 'nock';
import { apiKey, runDidit } from '../support/n8n.mts';
import { json, serve } from '../support/server.mts';

const MB = 1024 * 1024;
const DOCUMENTS = 200;
const SIZE = 5 * MB - 100;

/** Takes forms as slowly as a network does, keeps nothing of them, and counts. */
async function receiver() {
	const counts = { bytes: 0, now: 0, most: 0 };
	const server = await serve((request, response) => {
		counts.most = Math.max(counts.most, ++counts.now);
		request.on('data', (chunk: Buffer) => {
			counts.bytes += chunk.length;
			request.pause();
			setTimeout(() => request.resume(), 1);
		});
		request.on('end', () => {
			counts.now--;
			json(response, 200, { request_id: 'x', poa: { status: 'Approved' } });
		});
	});
	return { ...server, counts };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use. What the process has from its system depends on when garbage was collected, and on the tests before. */
function inUse(): number {
	collectGarbage();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

it('sends 200 documents of 5 MB with less than 100 MB of memory', async () => {
	// It keeps a copy of all that is sent.
	nock.restore();
	const document = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(SIZE - 8, 1)]);
	const stored = { data: document.toString('base64'), mimeType: 'application/pdf' };
	const server = await receiver();
	const check = async (documents: number) =>
		await runDidit(
			{ resource: 'check', operation: 'proofOfAddress' },
			{
				credentials: apiKey(server.url),
				input: Array.from({ length: documents }, () => ({ json: {}, binary: { data: stored } })),
			},
		);
	// What is loaded and compiled only once doesn't count.
	await check(20);
	const start = inUse();
	let [peak, looks] = [start, 0];
	const watch = setInterval(() => {
		peak = Math.max(peak, inUse());
		looks++;
	}, 200);
	const { items, error } = await check(DOCUMENTS);
	clearInterval(watch);
	server.stop();
	nock.activate();
	expect(error).toBeUndefined();
	expect(items).toHaveLength(DOCUMENTS);
	expect(server.counts.bytes).toBeGreaterThan(DOCUMENTS * SIZE);
	expect(server.counts.most).toBeGreaterThan(10);
	expect(looks).toBeGreaterThan(5);
	expect((peak - start) / MB).toBeLessThan(100);
}, 180_000);

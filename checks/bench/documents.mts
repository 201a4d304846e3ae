/** Check: Identity Document with many large pictures: what the n8n process needs to send them. n8n keeps the files on the disk. */
import { keyCredential } from '../../harness/n8n/credentials.mts';
import { node as nodeOf } from '../../harness/n8n/workflow.mts';
import type { Bench } from './measured.mts';
import { startApi } from './server.mts';

const MB = 2 ** 20;
const EACH = 5 * MB;
const LATENCY_MS = 20;

export const documents: Bench = async ({ short, say, inN8n }) => {
	const count = short ? 50 : 200;
	const api = await startApi();
	try {
		return await inN8n(async ({ client, measured }) => {
			const diditApi = await client.saveCredential(
				'diditApi',
				'Documents',
				keyCredential({ url: api.url, apiKey: 'bench-key' }),
			);
			const run = await measured(
				nodeOf(
					'Measured',
					'n8n-nodes-didit.didit',
					1,
					{ resource: 'check', operation: 'idDocument', frontImage: 'data' },
					{ diditApi },
				),
				nodeOf('Files', 'n8n-nodes-bench.files', 1, { bytes: EACH }),
			);
			// The first run of a process loads code that stays.
			await run(5);
			await api.take({ latency: LATENCY_MS });
			say(`${count} pictures of ${EACH / MB} MB`);
			const { wall, cpu, peak, items, failed, links } = await run(count);
			const { bytes } = await api.take();
			const memory = peak === undefined ? '–' : peak / MB;
			return {
				tables: [
					{
						title: `Identity Document: ${count} pictures of ${EACH / MB} MB`,
						note: `Memory: by how much the process grew at most. ${LATENCY_MS} ms latency.`,
						columns: ['pictures', 'sent, MB', 'time, ms', 'CPU, ms', 'memory, MB'],
						rows: [[count, bytes / MB, wall, cpu, memory]],
					},
				],
				aims: [
					{
						text: 'Identity Document: items that failed, or share a result',
						measured: count - Math.min(links, items - failed),
						atMost: 0,
					},
					{
						text: 'Identity Document: pictures that did not arrive whole',
						measured: Math.max(0, count - Math.floor(bytes / EACH)),
						atMost: 0,
					},
					...(peak === undefined
						? []
						: [
								{
									text: `Identity Document: memory for ${count} pictures of ${EACH / MB} MB, in MB`,
									measured: peak / MB,
									atMost: 100,
								},
							]),
				],
			};
		});
	} finally {
		api.stop();
	}
};

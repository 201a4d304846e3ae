/** The memory of the n8n process: what it holds after a collection of garbage, and what the system has given it meanwhile. */
import { readFile } from 'node:fs/promises';
import { median } from 'simple-statistics';
import type { Aim, Table } from '../../harness/report.mts';
import { eventually } from '../../harness/eventually.mts';
import type { Setting } from './setting.mts';

const MB = 2 ** 20;

interface Sample {
	/** After a forced collection, with no execution under way. */
	heap: number;
	/** Resident, every second of the round before. */
	resident: number[];
}

/** What the probe writes: bytes, and seconds of processor time since the start. */
interface Report {
	heapUsed: number;
	processor: number;
}

/** Between two calls of `endRound` it watches a round. */
export class MemoryWatch {
	private readonly samples: Sample[] = [];

	private resident: number[] = [];

	private readonly timer: NodeJS.Timeout;

	constructor(private readonly setting: Pick<Setting, 'n8n' | 'memoryFile'>) {
		this.timer = setInterval(() => void this.read(), 1_000);
	}

	private async read(): Promise<void> {
		const text = await readFile(`/proc/${this.setting.n8n.pid}/status`, 'utf8').catch(() => '');
		const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(text)?.[1]);
		if (kilobytes > 0) this.resident.push(kilobytes * 1024);
	}

	/** Has n8n collect its garbage and keeps what is left. @returns MB and seconds of processor time. @throws Error when n8n does not answer in a minute */
	async endRound(): Promise<{ heap: number; processor: number }> {
		await this.read();
		const before = (await this.reports()).length;
		process.kill(this.setting.n8n.pid, 'SIGUSR2');
		const { heapUsed, processor } = await eventually('n8n to tell its memory', async () =>
			(await this.reports()).at(before),
		);
		this.samples.push({ heap: heapUsed, resident: this.resident });
		this.resident = [];
		return { heap: heapUsed / MB, processor };
	}

	private async reports(): Promise<Report[]> {
		const text = await readFile(this.setting.memoryFile, 'utf8').catch(() => '');
		return text
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line) as Report);
	}

	stop(): void {
		clearInterval(this.timer);
	}

	/** Compares the last fifth of the run with the second: the first one warms up. */
	judge(): { aims: Aim[]; tables: Table[] } {
		const size = this.samples.length / 5;
		const fifths = Array.from({ length: 5 }, (_, index) =>
			this.samples.slice(Math.round(index * size), Math.round((index + 1) * size)),
		);
		const figures = fifths.map((own) => {
			const resident = own.flatMap((sample) => sample.resident);
			return {
				heap: median(own.map(({ heap }) => heap)) / MB,
				resident: median(resident) / MB,
				highest: Math.max(...resident) / MB,
			};
		});
		const [, second, , , last] = figures;
		return {
			aims: [
				{
					text: 'Memory: heap after garbage collection, last fifth against the second',
					measured: last.heap / second.heap,
					atMost: 1.25,
				},
				// Like a ratio of times, it varies from run to run: the collector takes its time, and the system keeps what it has.
				{
					text: 'Memory: resident size, last fifth against the second',
					measured: last.resident / second.resident,
					atMost: 1.25,
					timing: true,
				},
			],
			tables: [
				{
					title: "Memory of n8n's process",
					note: 'Medians in MB. The heap is read after a forced garbage collection with no execution under way: what leaks stays in it, whatever the collector does. The resident size is read every second of the traffic.',
					columns: ['fifth of the run', 'heap after collection', 'resident', 'highest resident'],
					rows: figures.map(({ heap, resident, highest }, index) => [
						String(index + 1),
						Math.round(heap),
						Math.round(resident),
						Math.round(highest),
					]),
				},
			],
		};
	}
}

// Stands after the node that is measured: puts out one item with what it cost. Times are in milliseconds, memory in bytes.
const describe = require('./describe.js');
const { marks, readPeak } = require('./marks.js');

module.exports.End = class {
	description = describe('End', [['measured', 'string']]);

	async execute() {
		const id = this.getExecutionId();
		const before = marks.get(id);
		marks.delete(id);
		const { user, system } = process.cpuUsage(before.cpu);
		const peak = readPeak();
		const items = this.getInputData();
		// n8n's own clock of the node: what the editor shows.
		const [{ executionTime }] =
			this.runExecutionData.resultData.runData[this.getNodeParameter('measured', 0)];
		const json = {
			wall: executionTime,
			cpu: (user + system) / 1000,
			peak: peak && peak - before.peak,
			items: items.length,
			failed: items.filter((item) => item.error || item.json.error).length,
			links: new Set(items.map(({ json }) => json.session_id ?? json.request_id).filter(Boolean))
				.size,
			rows: items.reduce((sum, { json }) => sum + (json.results?.length ?? 1), 0),
			files: items.filter(({ binary }) => binary).length,
		};
		return [[{ json }]];
	}
};

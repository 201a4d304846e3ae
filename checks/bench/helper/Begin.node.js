// Stands before the node that is measured: tidies up, reads the clock of the process, passes its input on.
const describe = require('./describe.js');
const { marks, collectGarbage, readPeak, resetPeak } = require('./marks.js');

module.exports.Begin = class {
	description = describe('Begin');

	async execute() {
		collectGarbage();
		resetPeak();
		marks.set(this.getExecutionId(), { peak: readPeak(), cpu: process.cpuUsage() });
		return [this.getInputData()];
	}
};

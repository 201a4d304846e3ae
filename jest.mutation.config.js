/** The tests that Stryker runs against each changed line: those of the code without n8n-core. */
const [project] = require('./jest.config.js').projects;

module.exports = {
	...project,
	displayName: 'mutation',
	testMatch: ['<rootDir>/test/unit/**/*.test.mts'],
};

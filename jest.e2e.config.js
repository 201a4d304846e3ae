/** End to end: the packed package in a real n8n, with the sandbox, a mailbox and a browser. `npm run test:e2e` builds first. */
const [project] = require('./jest.config.js').projects;

module.exports = {
	...project,
	displayName: 'e2e',
	testMatch: ['<rootDir>/test/e2e/**/*.e2e.mts'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: '<rootDir>/test/e2e/support/setup.js',
	globalTeardown: '<rootDir>/test/e2e/support/teardown.js',
	// Each has an n8n and a sandbox of its own. `-w 2` starts two: faster where there are more than two cores.
	maxWorkers: 1,
	testTimeout: 120000,
};

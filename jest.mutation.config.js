/** The tests that Stryker runs against each changed line: those of the code without n8n-core, quick ones (test/support/many.mts). */
const { globalSetup, projects } = require('./jest.config.js');

process.env.DIDIT_FEW_CASES = '1';

module.exports = {
	...projects[0],
	displayName: 'mutation',
	globalSetup,
	setupFiles: ['<rootDir>/test/support/jest/mutation/fewCases.js'],
	testEnvironment: require.resolve('./test/support/jest/mutation/environment.js'),
	testRunner: require.resolve('./test/support/jest/mutation/jest-circus.js'),
	testSequencer: require.resolve('./test/support/jest/mutation/smallestFirst.js'),
	testMatch: ['<rootDir>/test/unit/**/*.test.mts'],
	testTimeout: 20000,
};

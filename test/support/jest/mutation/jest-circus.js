/** Jest's own runner, for the files that are still needed. Stryker knows it by the name of this file. */
const { createEmptyTestResult } = require('@jest/test-result');
const { default: run } = require('jest-circus/runner');
const { isNoticed } = require('./environment.js');

/** Jest takes a file without a test for a mistake. */
const SKIPPED = {
	ancestorTitles: [],
	failureDetails: [],
	failureMessages: [],
	fullName: 'skipped',
	numPassingAsserts: 0,
	status: 'pending',
	title: 'skipped',
};

module.exports = async (globalConfig, config, environment, runtime, testFilePath, ...more) =>
	isNoticed()
		? { ...createEmptyTestResult(), numPendingTests: 1, testFilePath, testResults: [SKIPPED] }
		: await run(globalConfig, config, environment, runtime, testFilePath, ...more);

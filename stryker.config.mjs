/**
 * Mutation tests: Stryker changes the code in one place at a time, and a test has to notice. `npm run test:mutation` takes
 * what a mistake would cost most. It takes hours; one folder at a time: `npm run test:mutation -- -m 'nodes/Didit/webhook/*.ts'`.
 */
export default {
	testRunner: 'jest',
	jest: { configFile: 'jest.mutation.config.js' },
	coverageAnalysis: 'perTest',
	mutate: [
		'nodes/Didit/{decision,transport,webhook}/**/*.ts',
		'nodes/Didit/actions/common/{checks,values}.ts',
		'credentials/**/*.ts',
	],
	ignorePatterns: ['.tmp', 'dist', 'docs', 'examples', 'checks', 'harness', 'demo', 'test/e2e'],
	reporters: ['clear-text', 'json', 'progress-append-only'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	jsonReporter: { fileName: '.tmp/mutation/report.json' },
	tempDirName: '.tmp/stryker',
	timeoutMS: 20000,
	dryRunTimeoutMinutes: 30,
};

/**
 * Mutation tests: Stryker changes the code in one place at a time, and a test has to notice. They take what a mistake would
 * cost most, one part at a time: `PART=webhook npm run test:mutation`. docs/mutation.md has the last results.
 */
const PARTS = {
	webhook: { mutate: 'nodes/Didit/webhook/*.ts', tests: 'webhook/*' },
	// Without properties that run through whole operations.
	decision: { mutate: 'nodes/Didit/decision/*.ts', tests: 'decision/!(*.property)' },
	credentials: { mutate: 'credentials/*.ts', tests: 'credentials/*' },
	// Without the test of how long a check takes.
	checks: {
		mutate: 'nodes/Didit/actions/common/{amount,checks,contactChecks,days,ids,values}.ts',
		tests: 'actions/common/!(hostile)',
	},
	transport: { mutate: 'nodes/Didit/transport/*.ts', tests: 'transport/*' },
};

const name = process.env.PART ?? '';
const part = PARTS[name];
if (!part) throw new Error(`PART is one of ${Object.keys(PARTS).join(', ')}.`);

export default {
	testRunner: 'jest',
	jest: {
		configFile: 'jest.mutation.config.js',
		// What mirrors the part: all other tests load half of the package for each change.
		config: { testMatch: [`<rootDir>/test/unit/${part.tests}.test.mts`] },
	},
	coverageAnalysis: 'perTest',
	mutate: [part.mutate],
	// What runs once when a file is loaded can't be switched between tests: each such change would run all of them.
	ignoreStatic: true,
	ignorePatterns: ['.tmp', 'dist', 'docs', 'examples', 'checks', 'harness', 'demo', 'test/e2e'],
	reporters: ['clear-text', 'json', 'progress-append-only'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	jsonReporter: { fileName: `.tmp/mutation/${name}.json` },
	tempDirName: '.tmp/stryker',
	concurrency: 1,
	timeoutMS: 30000,
	dryRunTimeoutMinutes: 30,
};

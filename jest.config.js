/** The tests of the code, without a real n8n: those are in jest.e2e.config.js. `npm run test:unit` leaves out what needs n8n-core. */
const project = {
	testEnvironment: 'node',
	// nock and n8n-core keep things on the global scope between test files.
	testEnvironmentOptions: { globalsCleanup: 'off' },
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/.tmp/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.tmp/'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'json'],
	runtime: require.resolve('./test/support/jest/runtime.js'),
	transform: {
		'^.+\\.m?ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
};

module.exports = {
	testTimeout: 60000,
	// Jest would leave one core for the editor: on two cores, half of them.
	maxWorkers: '100%',
	globalSetup: '<rootDir>/test/support/jest/python.js',
	projects: [
		{
			...project,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/{checks,docs,sandbox,unit}/**/*.test.mts'],
		},
		{
			...project,
			displayName: 'n8n',
			testMatch: ['<rootDir>/test/n8n/**/*.test.mts'],
			setupFilesAfterEnv: ['<rootDir>/test/support/jest/nock.js'],
		},
	],
};

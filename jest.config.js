/** Unit, workflow (in-process n8n) and contract tests. The tests of a real n8n are in jest.e2e.config.js. */
module.exports = {
	testEnvironment: 'node',
	// nock and n8n-core keep things on the global scope between test files.
	testEnvironmentOptions: { globalsCleanup: 'off' },
	testMatch: ['<rootDir>/test/**/*.test.mts'],
	testPathIgnorePatterns: ['/node_modules/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'json'],
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
	testTimeout: 60000,
};

/**
 * Jest loads every module anew for every test file. For large packages that costs more than the tests do, so these are
 * loaded once in each process, by Node itself, and so are the contract, which compiles its schemas, and what asks Python,
 * which remembers. The code under test is still new in each file, and so is what tests mock.
 */
const { mkdtempSync } = require('node:fs');
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { default: Runtime } = require('jest-runtime');

const KEPT = new Set([
	'@fastify/formbody',
	'@n8n/backend-network',
	'ajv-formats',
	'ajv/dist/2020.js',
	'fast-check',
	'fastify',
	'n8n-core',
	'n8n-workflow',
	'pdf-lib',
	'reflect-metadata',
]);

/** n8n-core reads these when it is loaded. */
Object.assign(process.env, {
	N8N_USER_FOLDER: mkdtempSync(join(tmpdir(), 'didit-n8n-')),
	N8N_ENCRYPTION_KEY: 'key-for-tests',
	N8N_LOG_LEVEL: 'silent',
});

const KEPT_OWN = ['/contract/index.mts', '/support/python.mts'];

const own = new Map();

class SharedRuntime extends Runtime {
	requireModule(from, name, ...more) {
		if (KEPT.has(name)) return createRequire(from)(name);
		const kept = KEPT_OWN.find((end) => name?.endsWith(end));
		if (kept && !own.has(kept)) own.set(kept, require('tsx/cjs/api').require(name, from));
		if (kept) return own.get(kept);
		return super.requireModule(from, name, ...more);
	}
}

module.exports = { __esModule: true, default: SharedRuntime };

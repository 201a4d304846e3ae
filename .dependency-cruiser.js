// Which room may import which: the picture in docs/architecture.md as rules, types included.
const rooms = 'nodes/Didit/';

/** A room of the package may import only these others. */
const only = (name, from, allowed) => ({
	name,
	severity: 'error',
	from: { path: `^${rooms}${from}` },
	to: {
		path: '^(nodes|credentials)/',
		pathNot: [from, ...allowed].map(
			(room) => `^${room.startsWith('credentials') ? room : rooms + room}`,
		),
	},
});

module.exports = {
	forbidden: [
		{ name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
		only('json-is-the-ground', 'json/', []),
		only('decision-stands-on-json', 'decision/', ['json/']),
		only('webhook-stands-on-json', 'webhook/', ['json/', 'decision/']),
		only('transport-knows-no-operation', 'transport/', ['json/', 'credentials/']),
		only('wait-is-below-operations', 'wait/', ['json/', 'decision/', 'transport/']),
		only('methods-list-for-the-editor', 'methods/', ['json/', 'transport/']),
		only('trigger-runs-no-operation', 'trigger/', [
			'json/',
			'decision/',
			'webhook/',
			'transport/',
			'wait/',
		]),
		only('operations-know-no-trigger', 'actions/', ['json/', 'decision/', 'transport/', 'wait/']),
		{
			name: 'credentials-stand-alone',
			severity: 'error',
			from: { path: '^credentials/' },
			to: { path: '^nodes/' },
		},
		{
			name: 'common-knows-no-resource',
			severity: 'error',
			from: { path: `^${rooms}actions/common/` },
			to: { path: `^${rooms}actions/(?!common/)` },
		},
		{
			// What several operations of a resource share has a file of its own.
			name: 'operations-dont-import-each-other',
			severity: 'error',
			from: { path: `^${rooms}actions/([^/]+)/[^/]+\\.ts$`, pathNot: 'index\\.ts$' },
			to: {
				path: `^${rooms}actions/(?!common/)([^/]+)/`,
				pathNot: [
					`^${rooms}actions/$1/`,
					`^${rooms}actions/(session/sessionId|vendorRecord/vendorRecord|workflow/(workflowId|defaultWorkflow))\\.ts$`,
				],
			},
		},
		{
			name: 'shipped-code-stands-alone',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { path: '^(test|sandbox|harness|demo|checks|contract|examples)/' },
		},
		{
			name: 'sandbox-knows-no-node',
			severity: 'error',
			from: { path: '^sandbox/' },
			to: { path: '^(nodes|credentials|test|harness|demo|checks)/' },
		},
		{
			name: 'harness-is-below-programs',
			severity: 'error',
			from: { path: '^harness/' },
			to: { path: '^(nodes|credentials|test|demo|checks)/' },
		},
		{
			name: 'tests-are-nobodys-library',
			severity: 'error',
			from: { path: '^(harness|demo|sandbox)/' },
			to: { path: '^test/' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(node_modules|dist)/' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.tools.json' },
		enhancedResolveOptions: { extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'] },
	},
};

/** The end-to-end tests in a builder's words: a row of the table is a test file, or one of its groups. */
export interface Feature {
	title: string;
	/** Start of the file's name in `test/e2e`. */
	file: string;
	/** The `describe` of the tests; without it all tests of the file that no other row has. */
	group?: string;
}

export const FEATURES: Feature[] = [
	{ title: 'Nodes, tool, credential, icons and categories are there', file: 'loading' },
	{ title: 'Fields, lists, mapping and credential in the editor', file: 'editor' },
	{ title: 'The first workflow, clicked together in an empty n8n', file: 'firstWay' },
	{ title: 'A signup gets its link by mail and comes back', file: 'signup' },
	{ title: 'One token for all items and executions', file: 'token' },
	{
		title: 'Errors that say what to do, and no secret in stored runs and the log',
		file: 'failures',
	},
	{ title: 'The test of the credential', file: 'credential', group: 'the test of the credential' },
	{
		title: 'The credential in the HTTP Request node',
		file: 'credential',
		group: 'the HTTP Request node with the Didit credential',
	},
	{ title: 'All operations, and lists to choose from', file: 'operations' },
	{ title: 'Checks without a session', file: 'checks' },
	{ title: 'Didit Trigger', file: 'results', group: 'the Didit Trigger' },
	{ title: 'Odd and forged deliveries', file: 'deliveries' },
	{ title: 'Wait for Result', file: 'results', group: 'Wait for Result' },
	{ title: 'Waiting as people build it, and as people attack it', file: 'waiting' },
	{ title: 'Copies of a workflow', file: 'copies' },
	{ title: 'Tool of an AI agent', file: 'agentTools' },
	{ title: 'Workflows that an AI builds', file: 'asking' },
	{
		title: 'Example: signup, wait, branch',
		file: 'examples-results',
		group: 'signup, wait, branch',
	},
	{
		title: 'Example: result to mail and table',
		file: 'examples-results',
		group: 'result to mail and table',
	},
	{ title: 'Examples for signups', file: 'examples-signups' },
	{ title: 'Examples for daily jobs', file: 'examples-daily' },
	{ title: 'Examples for compliance', file: 'examples-screening' },
	{ title: 'Example: results without a public address', file: 'examples-firewall' },
	{ title: 'Examples with forms for customers', file: 'examples-forms' },
	{ title: "The sandbox's pages", file: 'sandboxPages' },
];

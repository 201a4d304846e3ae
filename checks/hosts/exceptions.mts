/**
 * What a release of n8n cannot do, test by test. A test that fails and does not stand here is a defect; one that stands
 * here and passes is reported too, so that the list stays true.
 */
export interface Exception {
	/** The test's full name: its group, a blank, and its title. Or a whole group. */
	test: string;
	hosts: string[];
	/** For the builder: what is different, and what to do about it if there is something. */
	reason: string;
}

/** What the tests do because a builder has to do it there; without it they would fail. */
export interface Adaptation {
	/** Titles of rows of the table. */
	features: string[];
	hosts: string[];
	reason: string;
}

const EARLY = ['1.123.81', '2.0.3'];
/** All but the release that the package is built against. */
const EARLIER = [...EARLY, '2.20.12'];

const TOOL_ERRORS =
	'When a tool fails, the agent of this n8n ends the run with the reason, which the builder sees. The model does not.';
const FORMS =
	'The example is made with a newer form of n8n than this one has. Build its form by hand.';

export const EXCEPTIONS: Exception[] = [
	...['key', 'secret'].map((kind) => ({
		test: `leads from an empty n8n to a verified person, by clicks alone and without an error (${kind})`,
		hosts: EARLIER,
		reason:
			"The test clicks the buttons of today's editor. This n8n has others, such as Save, which you click before you publish.",
	})),
	...[
		'Wait for Result refuses whoever calls the address of an execution without its signature',
		"the person's link opens no later node of the execution: with an API key the Didit Trigger resumes it [T141]",
		"the person's link opens no other execution, and nothing after its own has continued, which it does once [T355]",
	].map((test) => ({
		test,
		hosts: EARLY,
		reason:
			'The address of a waiting execution has no signature in this n8n, so it can be guessed. A call of it only makes Wait for Result ask Didit: nobody can bring about a result. Give other nodes that wait an authentication.',
	})),
	{
		test: 'results without a public address resumes the execution that waits, and tells the customer, without any call from Didit',
		hosts: ['1.123.81'],
		reason:
			'In n8n 1, a workflow that calls another one which waits continues with what that one had before, not with its result.',
	},
	...[
		'answers a signup with an error when Didit refuses the session',
		'payment held for review tells compliance when the payment comes again after the mail server was down',
	].map((test) => ({
		test,
		hosts: EARLIER,
		reason:
			'This n8n answers 200 and "Error in workflow" when a run fails before its Respond to Webhook node.',
	})),
	{
		test: 'tells the model in words that somebody is not known',
		hosts: EARLIER,
		reason: TOOL_ERRORS,
	},
	{ test: 'gives the model no files', hosts: EARLIER, reason: TOOL_ERRORS },
	...[
		'offers the model tools with names and descriptions that it can read',
		'answers "What is the status of user 42?" with what Didit says, and lets the model do nothing but read',
	].map((test) => ({
		test,
		hosts: ['2.20.12'],
		reason:
			'This n8n makes the description of what a tool takes from any node, and the model gets an empty one. It can call the tool, but must guess the names.',
	})),
	{
		test: "n8n's MCP server",
		hosts: EARLY,
		reason: 'AI assistants build no workflows through this n8n.',
	},
	{
		test: "n8n's MCP server",
		hosts: ['2.20.12'],
		reason:
			"An AI assistant finds the nodes by fewer words here, doesn't see which operation is for what, and can't choose the credential.",
	},
	{
		test: 'shows what would be erased, erases a person and leaves others, and keeps a receipt',
		hosts: EARLIER,
		reason: FORMS,
	},
	...[
		'invites everybody in a CSV file, and makes no second session when it is uploaded again',
		'invites the others when Didit refuses one person or an address does not exist, and tells the team',
		'phone code in a form',
		'age check of a photo',
		'signup form straight to Didit',
		'block list from a form',
	].map((test) => ({ test, hosts: EARLIER, reason: FORMS })),
];

export const ADAPTATIONS: Adaptation[] = [
	{
		features: ['Example: result to mail and table', 'Examples for daily jobs'],
		hosts: EARLY,
		reason:
			'After the import of an example with a data table, choose the table in its nodes: this n8n does not find it by its name.',
	},
	{
		features: ['Tool of an AI agent', 'Examples for daily jobs'],
		hosts: EARLY,
		reason:
			'The node is a tool only with the setting `N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE=true`.',
	},
];

/**
 * What a release of n8n cannot do, test by test. A test that fails and does not stand here is a defect; one that stands
 * here and passes is reported too, so that the list stays true.
 */
export interface Exception {
	/** The test's full name: its group, a blank, and its title. */
	test: string;
	hosts: string[];
	/** For the builder: what is different, and what to do about it if there is something. */
	reason: string;
}

const BEFORE_TWO_POINT_ONE = ['1.123.81', '2.0.3'];

const TOOL_ERRORS = 'When a tool fails, the agent of this n8n ends the run with the reason, which the builder sees. The model does not.';
const FORMS = 'The example is made with a newer form of n8n than this one has. Build its form by hand.';

export const EXCEPTIONS: Exception[] = [
	{
		test: 'Wait for Result refuses whoever calls the address of an execution without its signature',
		hosts: BEFORE_TWO_POINT_ONE,
		reason: 'The address of a waiting execution has no signature in this n8n, so it can be guessed. A call of it only makes the node ask Didit: nobody can bring about a result.',
	},
	{
		test: 'answers a signup with an error when Didit refuses the session',
		hosts: BEFORE_TWO_POINT_ONE,
		reason: 'This n8n answers 200 and "Error in workflow" when a run fails before its Respond to Webhook node.',
	},
	{ test: 'tells the model in words that somebody is not known', hosts: BEFORE_TWO_POINT_ONE, reason: TOOL_ERRORS },
	{ test: 'gives the model no files', hosts: BEFORE_TWO_POINT_ONE, reason: TOOL_ERRORS },
	{ test: 'shows what would be erased, erases a person and leaves others, and keeps a receipt', hosts: BEFORE_TWO_POINT_ONE, reason: FORMS },
	{ test: 'invites everybody in a CSV file, and makes no second session when it is uploaded again', hosts: BEFORE_TWO_POINT_ONE, reason: FORMS },
];

// Session: Wait for Result. Holds the execution, out of memory, until Didit has a final result or time is up. It never waits
// for a session whose result would not come back to this execution.
import type { IDataObject } from 'n8n-workflow';
import { readVerdict } from '../../decision/verdict';
import { fields } from '../../json/read';
import { leadsHere } from '../../wait/leadsHere';
import { endsWait } from '../../wait/outcome';
import { markWaited, ownSessions, rememberForVisit, sessionOfVisit } from '../../wait/sessions';
import { ONE_AT_A_TIME } from '../../wait/texts';
import { decisionRequest } from '../../transport/decisionRequest';
import { DiditError, InputError } from '../../transport/errors';
import { choice, notice, number, toggle } from '../common/fieldKinds';
import { maskNumbers, mediaLinks } from '../common/privacy';
import { simplify } from '../common/simplify';
import type { Operation } from '../common/operation';
import type { ItemCall } from '../common/itemCall';
import { shownDecision } from './result';
import { sessionField } from './sessionId';

const UNIT_MS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** n8n keeps the time as a date, which ends in the year 9999. */
const LONGEST_DAYS = 3650;

const waitNotice = notice(
	"In the node that creates the session, set 'After Verification' to 'Resume This Workflow'. Send the link between the two nodes.",
	'waitNotice',
);

const waitedSession = sessionField({
	default: { mode: 'id', value: '' },
	required: false,
	hint: 'Empty: the session that this workflow created',
	description:
		'The session to wait for. Leave empty for the session that this workflow created, whatever the nodes in between put out.',
});

const waitAmount = number({
	label: 'Max Wait Time',
	name: 'waitAmount',
	least: 0,
	most: LONGEST_DAYS * 24 * 60,
	fractions: true,
	default: 7,
	description:
		"When the time is up, the workflow continues with an item where 'timed_out' is true and there is no result",
});

const waitUnit = choice({
	label: 'Unit',
	name: 'waitUnit',
	options: [
		{ name: 'Minutes', value: 'minutes' },
		{ name: 'Hours', value: 'hours' },
		{ name: 'Days', value: 'days' },
	],
	default: 'days',
});

const continueInReview = toggle({
	label: 'Continue When in Review',
	name: 'goOnWithReview',
	description:
		"Whether to continue as soon as the session needs a manual review, instead of waiting for your team's decision",
});

export const waitForResult: Operation = {
	option: {
		name: 'Wait for Result',
		value: 'waitForResult',
		action: 'Wait for result of session',
		description: 'Pause until the person is done',
	},
	subtitle: 'Wait for Result',
	about:
		"Pauses this execution until the person finishes or time is up. Needs a Create before it with afterVerification 'resume'. It goes on when the person comes back in the browser; a published workflow with a diditTrigger resumes it even if they don't. One item at a time. Returns a session result with timed_out; when time is up only session_id, status (the last one), verified (false), final (false) and timed_out (true). In Review goes on waiting unless goOnWithReview is on.",
	effect: 'waits',
	fields: [waitNotice, waitedSession, waitAmount, waitUnit, continueInReview, simplify],
	options: [mediaLinks, maskNumbers],
	async execute(call) {
		const [item, ...others] = call.context.getInputData();
		if (others.length > 0)
			throw new InputError('Wait for Result processes one item at a time', ONE_AT_A_TIME);
		const session = call.read(waitedSession) || ownSession(call);
		const until = waitUntil(call.read(waitAmount) ?? 0, call.read(waitUnit) ?? '');
		const decision = await readDecision(call, session);
		const verdict = readVerdict(decision);
		if (endsWait(verdict, call.isOn(continueInReview))) {
			markWaited(call.context, session);
			return [{ json: shownDecision(call, fields(decision) as IDataObject) }];
		}
		if (decision !== undefined) checkReturn(call, session, fields(decision));
		rememberForVisit(call.context, session);
		if (sessionOfVisit(call.context) !== session) {
			throw new InputError(
				`n8n can't resume a node with the name '${call.context.getNode().name}'`,
				'Rename the node, and run the workflow again',
			);
		}
		markWaited(call.context, session);
		const pending = { session_id: session, status: verdict.status, verified: false, final: false };
		// When time is up n8n passes on the input of this node, so that is what has to say so. Until then nothing does.
		item.json = { ...pending, timed_out: true };
		await call.context.putExecutionToWait(until);
		return [{ json: pending }];
	},
};

/** @throws InputError unless it is clear which session is meant */
function ownSession(call: ItemCall): string {
	const own = Object.entries(ownSessions(call.context)).filter(([, { waited }]) => !waited);
	if (own.length === 1) return own[0][0];
	throw own.length === 0
		? new InputError(
				"'Session' is empty, and this execution created no session that resumes it",
				"In the node that creates the session, set 'After Verification' to 'Resume This Workflow'. Then run the whole workflow with 'Execute workflow': a single step is an execution of its own",
			)
		: new InputError(
				`'Session' is empty, and this execution created ${own.length} sessions`,
				"Enter which one is meant, e.g. {{ $('Create Session').item.json.session_id }} with the name of the node that created it",
			);
}

/** @throws InputError if the result of the session would resume another execution, or none */
function checkReturn(call: ItemCall, session: string, decision: Record<string, unknown>): void {
	const answer = leadsHere(call.context, call.client, session, decision);
	if (answer === 'here') return;
	throw answer === 'elsewhere'
		? new InputError(
				'This session would resume another execution',
				"It was created in another run, e.g. before a retry, as pinned data, or in another workflow. Run the workflow from the node that creates the session. With your own user ID in it, the person's link stays the same",
			)
		: new InputError(
				"The result of this session wouldn't resume this workflow",
				"In the node that creates it, set 'After Verification' to 'Resume This Workflow', and run the workflow from there",
			);
}

/** Didit may be down just now. The link is out already, so the execution waits all the same. */
async function readDecision(call: ItemCall, id: string): Promise<unknown> {
	const answer = await call
		.request(decisionRequest(call.client.version, id))
		.catch((error: unknown) => {
			const status = error instanceof DiditError ? error.status : 0;
			if (status === undefined || status === 429 || status >= 500) return undefined;
			throw error;
		});
	return answer?.body;
}

function waitUntil(amount: number, unit: string): Date {
	const milliseconds = amount * UNIT_MS[unit];
	if (!(milliseconds > 0) || milliseconds > LONGEST_DAYS * UNIT_MS.days) {
		throw new InputError(
			`'${waitAmount.label}' is not valid`,
			`Enter a number above 0, and at most ${LONGEST_DAYS} days`,
		);
	}
	return new Date(Date.now() + milliseconds);
}

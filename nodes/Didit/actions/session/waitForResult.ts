// Session: Wait for Result. Holds the execution, out of memory, until Didit has a final result or time is up.
import type { IDataObject } from 'n8n-workflow';
import { readVerdict } from '../../decision/verdict';
import { fields } from '../../json/read';
import { rememberForVisit } from '../../wait/address';
import { endsWait } from '../../wait/outcome';
import { decisionRequest } from '../../transport/decisionRequest';
import { DiditError, InputError } from '../../transport/errors';
import { maskOption, mediaLinksOption } from '../common/privacy';
import { simplifyField } from '../common/simplify';
import type { Operation } from '../common/operation';
import type { ItemCall } from '../common/itemCall';
import { shownDecision } from './result';
import { sessionIdField, sessionIdOf } from './sessionId';

const UNIT_MS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** n8n keeps the time as a date, which ends in the year 9999. */
const LONGEST_DAYS = 3650;

export const waitForResult: Operation = {
	option: {
		name: 'Wait for Result',
		value: 'waitForResult',
		action: 'Wait for result of session',
		description: 'Wait until the person is done, then go on with the result',
	},
	fields: [
		{
			displayName:
				"In the node that creates the session, set 'After Verification' to 'Resume This Workflow'. Send the link between the two nodes.",
			name: 'waitNotice',
			type: 'notice',
			default: '',
		},
		sessionIdField,
		{
			displayName: 'Wait At Most',
			name: 'waitAmount',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 7,
			description:
				"After that the workflow goes on with an item that has 'timed_out' and no result",
		},
		{
			displayName: 'Unit',
			name: 'waitUnit',
			type: 'options',
			options: [
				{ name: 'Days', value: 'days' },
				{ name: 'Hours', value: 'hours' },
				{ name: 'Minutes', value: 'minutes' },
			],
			default: 'days',
		},
		{
			displayName: 'Go On With In Review',
			name: 'goOnWithReview',
			type: 'boolean',
			default: false,
			description:
				'Whether to go on when somebody of your team has to look at the session, instead of waiting for their decision',
		},
		simplifyField,
	],
	options: [mediaLinksOption, maskOption],
	agent: 'never',
	async execute(call) {
		const items = call.context.getInputData();
		if (items.length > 1) {
			throw new InputError(
				'Wait for Result takes one item at a time',
				"Put it into a loop with the node 'Loop Over Items', or into a sub-workflow that runs once for each item",
			);
		}
		const sessionId = sessionIdOf(call);
		const until = waitUntil(Number(call.param('waitAmount', 7)), call.text('waitUnit'));
		const body = await readDecision(call, sessionId);
		const verdict = readVerdict(body);
		if (endsWait(verdict, call.param('goOnWithReview', false) === true)) {
			return [{ json: shownDecision(call, fields(body) as IDataObject) }];
		}
		rememberForVisit(call.context, sessionId);
		// When time is up n8n passes on the input of this node, so that is what has to say so.
		items[0].json = {
			session_id: sessionId,
			status: verdict.status,
			verified: false,
			final: false,
			timed_out: true,
		};
		await call.context.putExecutionToWait(until);
		return [{ json: items[0].json }];
	},
};

/** Didit may be down just now. The link is out already, so the execution waits all the same. */
async function readDecision(call: ItemCall, sessionId: string): Promise<unknown> {
	const answer = await call
		.request(decisionRequest(call.client.version, sessionId))
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
			"'Wait At Most' is not valid",
			`Enter a number above 0, and at most ${LONGEST_DAYS} days`,
		);
	}
	return new Date(Date.now() + milliseconds);
}

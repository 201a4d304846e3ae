// Session: Wait for Result. Holds the execution, out of memory, until Didit has a final result or time is up.
import type { IDataObject } from 'n8n-workflow';
import { readVerdict } from '../../decision/verdict';
import { fields } from '../../json/read';
import { rememberForVisit } from '../../wait/address';
import { endsWait } from '../../wait/outcome';
import { decisionRequest } from '../../transport/decisionRequest';
import { DiditError, InputError } from '../../transport/errors';
import { choice, notice, number, toggle } from '../common/fieldKinds';
import { maskNumbers, mediaLinks } from '../common/privacy';
import { simplify } from '../common/simplify';
import type { Operation } from '../common/operation';
import type { ItemCall } from '../common/itemCall';
import { shownDecision } from './result';
import { sessionId } from './sessionId';

const UNIT_MS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** n8n keeps the time as a date, which ends in the year 9999. */
const LONGEST_DAYS = 3650;

const waitNotice = notice(
	"In the node that creates the session, set 'After Verification' to 'Resume This Workflow'. Send the link between the two nodes.",
	'waitNotice',
);

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
		{ name: 'Days', value: 'days' },
		{ name: 'Hours', value: 'hours' },
		{ name: 'Minutes', value: 'minutes' },
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
		description: 'Wait until the person finishes the verification, then continue with the result',
	},
	effect: 'waits',
	fields: [waitNotice, sessionId, waitAmount, waitUnit, continueInReview, simplify],
	options: [mediaLinks, maskNumbers],
	async execute(call) {
		const items = call.context.getInputData();
		if (items.length > 1) {
			throw new InputError(
				'Wait for Result processes one item at a time',
				"Put it into a loop with the node 'Loop Over Items', or into a sub-workflow that runs once for each item",
			);
		}
		const session = call.need(sessionId);
		const until = waitUntil(call.read(waitAmount) ?? 0, call.read(waitUnit) ?? '');
		const body = await readDecision(call, session);
		const verdict = readVerdict(body);
		if (endsWait(verdict, call.isOn(continueInReview))) {
			return [{ json: shownDecision(call, fields(body) as IDataObject) }];
		}
		rememberForVisit(call.context, session);
		// When time is up n8n passes on the input of this node, so that is what has to say so.
		items[0].json = {
			session_id: session,
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

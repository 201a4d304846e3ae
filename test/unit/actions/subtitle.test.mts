// What the canvas shows below a node's name: what the node does, in the words of the lists.
import { Didit } from '../../../nodes/Didit/Didit.node.ts';
import { DiditTrigger } from '../../../nodes/Didit/DiditTrigger.node.ts';
import { RESOURCES } from '../../../nodes/Didit/actions/resources.ts';

/** As the editor does it: what stands between the braces is JavaScript, which ends at the first two that close. */
function shown(expression: string, parameters: Record<string, unknown>): unknown {
	const code = /^=\{\{([^]*?)\}\}/.exec(expression)!;
	expect(code[0]).toBe(expression);
	// eslint-disable-next-line @typescript-eslint/no-implied-eval
	return (new Function('$parameter', `return (${code[1]});`) as (of: object) => unknown)(
		parameters,
	);
}

const node = (parameters: object) =>
	shown(new Didit().description.subtitle!, { ...parameters } as Record<string, unknown>);
const trigger = (events: unknown) => shown(new DiditTrigger().description.subtitle!, { events });

it.each([
	[{ resource: 'session', operation: 'create' }, 'Create Session'],
	[{ resource: 'session', operation: 'waitForResult' }, 'Wait for Result'],
	[{ resource: 'session', operation: 'getAll' }, 'Get Many Sessions'],
	[
		{ resource: 'session', operation: 'updateStatus', newStatus: 'Approved' },
		'Update Status: Approved',
	],
	[
		{ resource: 'session', operation: 'updateStatus', newStatus: 'Resubmitted' },
		'Update Status: Request Resubmission',
	],
	[{ resource: 'session', operation: 'updateStatus', newStatus: '' }, 'Update Status'],
	[
		{ resource: 'user', operation: 'updateStatus', status: 'BLOCKED' },
		'Update Status of User: Blocked',
	],
	[{ resource: 'user', operation: 'downloadPdf' }, 'Download PDF of User'],
	[{ resource: 'nothing', operation: 'unknown' }, 'unknown'],
])('says of %j: %s', (parameters, words) => expect(node(parameters)).toBe(words));

it('has words for every operation, none of them an internal name', () => {
	for (const { option, operations } of RESOURCES)
		for (const operation of operations) {
			const words = node({ resource: option.value, operation: operation.option.value });
			expect(words).toMatch(/^[A-Z][A-Za-z]+( [A-Za-z]+)+$/);
		}
});

it.each([
	[['status.updated'], 'Session Status Updated'],
	[['status.updated', 'data.updated', 'user.status.updated'], '3 events'],
	[['added.later'], 'added.later'],
	[[], '0 events'],
	[undefined, ''],
])('says of the events %j: %s', (events, words) => expect(trigger(events)).toBe(words));

it('says what is waited for, and until when', () =>
	expect(
		shown(new Didit().description.waitingNodeTooltip!, { waitAmount: 7, waitUnit: 'days' }),
	).toBe(
		"Open the session's link and finish the verification. The workflow continues when Didit has a result, after 7 days at the latest.",
	));

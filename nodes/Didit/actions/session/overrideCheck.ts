// Session: Override Check. Sets the status of one step. A session that is decided keeps its status.
import type { IDataObject } from 'n8n-workflow';
import { checkName, readBlocks } from '../../decision/features';
import { fields, text as textOf } from '../../json/read';
import { decisionRequest } from '../../transport/decisionRequest';
import { InputError } from '../../transport/errors';
import { choice, text } from '../common/fieldKinds';
import type { ItemCall } from '../common/itemCall';
import type { Operation } from '../common/operation';
import { parseDecision } from './result';
import { sessionId } from './sessionId';
import { comment } from './updateStatus.fields';
import { STEPS } from './updateStatus.steps';

const CHECKS = [
	{ label: 'Age Estimation', feature: 'AGE_ESTIMATION' },
	{ label: 'Company Register', feature: 'KYB_REGISTRY' },
	{ label: 'Key People', feature: 'KYB_KEY_PEOPLE' },
	...STEPS,
].sort((a, b) => a.label.localeCompare(b.label));

const check = choice({
	label: 'Check',
	name: 'check',
	required: true,
	ask: 'Choose the check to override',
	options: CHECKS.map(({ label, feature }) => ({ name: label, value: feature })),
	description: 'The step of the session',
});

const newStatus = choice({
	label: 'New Status',
	name: 'newStatus',
	diditName: 'new_status',
	required: true,
	ask: 'Choose the new status of the check',
	options: [
		{ name: 'Approved', value: 'Approved' },
		{ name: 'Declined', value: 'Declined' },
		{ name: 'In Review', value: 'In Review' },
	],
});

const nodeId = text({
	label: 'Node ID',
	name: 'nodeId',
	example: 'feature_ocr_1',
	description: 'Which one to override, if the Didit workflow has this check several times',
});

/** What Didit calls a step of a workflow that is no graph. */
const ONLY_STEP = 'default';

/** @throws InputError if the session doesn't have the check, or has several and none was named */
async function nodeOf(call: ItemCall, id: string, feature: string): Promise<string> {
	const decision = parseDecision(await call.request(decisionRequest('v3', id)));
	const list = feature === 'AGE_ESTIMATION' ? 'LIVENESS' : feature;
	const blocks = readBlocks(decision, list).filter((block) => checkName(list, block) === feature);
	const nodes = blocks.map((block) => textOf(block.node_id) ?? ONLY_STEP);
	const named = call.option(nodeId);
	const found = named === undefined ? nodes : nodes.filter((node) => node === named);
	if (found.length === 1) return found[0];
	const advice = nodes.length === 0 ? 'Choose another check' : `It has: ${nodes.join(', ')}`;
	throw new InputError(
		found.length === 0
			? `This session has no such check`
			: `This session has several of this check`,
		found.length === 0 ? advice : `Add the option '${nodeId.label}'. ${advice}`,
	);
}

export const overrideCheck: Operation = {
	option: {
		name: 'Override Check',
		value: 'overrideCheck',
		action: 'Override check of session',
		description: 'Set the status of one check',
	},
	about:
		'A decided session keeps its status: updateStatus changes it. Returns session_id, feature, node_id, new_status.',
	effect: 'decides',
	fields: [sessionId, check, newStatus, comment],
	options: [nodeId],
	needs: 'apiKey',
	async execute(call) {
		const id = call.need(sessionId);
		const feature = call.need(check);
		const body = { new_status: call.need(newStatus), ...call.body(comment) };
		const node = await nodeOf(call, id, feature);
		const answer = await call.request({
			method: 'PATCH',
			path: `/v3/session/${id}/features/${encodeURIComponent(node)}/update-status/`,
			body,
		});
		const { new_status: status } = fields(answer.body) as IDataObject;
		return [
			{
				json: {
					session_id: id,
					feature,
					node_id: node,
					new_status: textOf(status) ?? body.new_status,
				},
			},
		];
	},
};

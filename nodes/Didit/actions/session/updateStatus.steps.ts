// Which steps of a session a person can be asked to repeat, found in the session itself: Didit wants the node of each step.
import type { IDataObject } from 'n8n-workflow';
import { readBlocks } from '../../decision/features';
import { InputError } from '../../transport/errors';

/** In the order of their labels. `feature` is the name in decisions, `resubmit` the one that this call takes. */
export const STEPS = [
	{ label: 'AML Screening', feature: 'AML', resubmit: 'AML' },
	{ label: 'Business Documents', feature: 'KYB_DOCUMENTS', resubmit: 'KYB_DOCUMENTS' },
	{ label: 'Database Validation', feature: 'DATABASE_VALIDATION', resubmit: 'DATABASE_VALIDATION' },
	{ label: 'Email', feature: 'EMAIL_VERIFICATION', resubmit: 'EMAIL_VERIFICATION' },
	{ label: 'Face Match', feature: 'FACE_MATCH', resubmit: 'FACE_MATCH' },
	{ label: 'Identity Document', feature: 'ID_VERIFICATION', resubmit: 'OCR' },
	{ label: 'IP Analysis', feature: 'IP_ANALYSIS', resubmit: 'IP_ANALYSIS' },
	{ label: 'Liveness', feature: 'LIVENESS', resubmit: 'LIVENESS' },
	{ label: 'NFC Chip', feature: 'NFC', resubmit: 'NFC' },
	{ label: 'Other Documents', feature: 'DOCUMENT_AI', resubmit: 'DOCUMENT_AI' },
	{ label: 'Phone', feature: 'PHONE', resubmit: 'PHONE_VERIFICATION' },
	{ label: 'Proof of Address', feature: 'POA', resubmit: 'PROOF_OF_ADDRESS' },
	{ label: 'Questionnaire', feature: 'QUESTIONNAIRE', resubmit: 'QUESTIONNAIRE' },
];

export const NOT_PASSED = 'notPassed';

interface Node {
	label: string;
	feature: string;
	passed: boolean;
	body: { node_id: string; feature: string };
}

function nodesOf(decision: IDataObject): Node[] {
	return STEPS.flatMap(({ label, feature, resubmit }) =>
		readBlocks(decision, feature)
			.filter((block) => typeof block.node_id === 'string' && block.node_id !== '')
			.map((block) => ({
				label,
				feature,
				passed: block.status === 'Approved',
				body: { node_id: block.node_id as string, feature: resubmit },
			})),
	);
}

/**
 * The nodes of the chosen steps in this session.
 * @throws InputError if the session has no such step, or if all have passed
 */
export function nodesToRepeat(decision: IDataObject, chosen: string[]): IDataObject[] {
	const nodes = nodesOf(decision);
	const own = [...new Set(nodes.map(({ label }) => label))].join(', ') || 'none';
	const found = chosen.map((wanted) => {
		const matching = nodes.filter(({ feature, passed }) =>
			wanted === NOT_PASSED ? !passed : feature === wanted,
		);
		if (matching.length > 0) return matching;
		if (wanted === NOT_PASSED)
			throw new InputError(
				'All steps of this session have passed',
				`Choose what to repeat in 'Steps to Repeat'. It has: ${own}`,
			);
		const label = STEPS.find(({ feature }) => feature === wanted)?.label ?? wanted;
		throw new InputError(
			`This session has no step '${label}'`,
			`Choose others in 'Steps to Repeat'. It has: ${own}`,
		);
	});
	return [...new Set(found.flat())].map(({ body }) => body);
}

/** Where Didit itself would write to: the verified address, or the one that the session was created with. */
export function emailOf(decision: IDataObject): string {
	const verified = readBlocks(decision, 'EMAIL_VERIFICATION').find(
		({ status }) => status === 'Approved',
	)?.email;
	const given = (decision.contact_details as IDataObject | null | undefined)?.email;
	return (
		[verified, given]
			.map((address) => (typeof address === 'string' ? address.trim() : ''))
			.find((address) => address !== '') ?? ''
	);
}

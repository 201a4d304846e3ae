// Session: Review AML Hits. Says of possible matches in sanctions lists and the like whether they are the person. The session
// keeps its status.
import type { IDataObject } from 'n8n-workflow';
import { readBlocks } from '../../decision/features';
import { list as objects, text } from '../../json/read';
import { decisionRequest } from '../../transport/decisionRequest';
import { InputError } from '../../transport/errors';
import { choice, list } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { parseDecision } from './result';
import { sessionId } from './sessionId';

const which = choice({
	label: 'Hits to Review',
	name: 'hitsToReview',
	options: [
		{ name: 'All Unreviewed', value: 'unreviewed' },
		{ name: 'Selected', value: 'selected' },
	],
	default: 'selected',
});

const hitIds = list({
	label: 'Hit IDs',
	name: 'hitIds',
	required: true,
	ask: 'Enter the id of each hit, from aml_screenings[].hits[] of Get without Simplify',
	displayOptions: { show: { hitsToReview: ['selected'] } },
	example: 'hit_000000000000000000000001',
	description: 'Comma-separated, from aml_screenings[].hits[] of Get with Simplify off',
});

const reviewStatus = choice({
	label: 'Review Status',
	name: 'reviewStatus',
	required: true,
	ask: 'Choose what the hits are',
	options: [
		{ name: 'Confirmed Match', value: 'Confirmed Match' },
		{ name: 'False Positive', value: 'False Positive' },
		{ name: 'Inconclusive', value: 'Inconclusive' },
		{ name: 'Unreviewed', value: 'Unreviewed' },
	],
});

interface Hit {
	id: string;
	node: string | null;
	open: boolean;
}

const hitsOf = (screenings: IDataObject[]): Hit[] =>
	screenings.flatMap((screening) =>
		objects(screening.hits).flatMap((hit) => {
			const id = text(hit.id);
			const open = (text(hit.review_status) ?? 'Unreviewed') === 'Unreviewed';
			return id === null ? [] : [{ id, node: text(screening.node_id), open }];
		}),
	);

/** @throws InputError if there is nothing to review, or an ID is none of this session's */
function chosenHits(hits: Hit[], wanted: string[] | undefined): Hit[] {
	const chosen = hits.filter(({ id, open }) => (wanted ? wanted.includes(id) : open));
	const unknown = wanted?.filter((id) => !hits.some((hit) => hit.id === id)) ?? [];
	if (unknown.length > 0)
		throw new InputError(
			'This session has no hit with one of these IDs',
			"Take 'id' of aml_screenings[].hits[] from Get with Simplify off",
		);
	if (chosen.length === 0)
		throw new InputError(
			'This session has no unreviewed AML hit',
			"Choose 'Selected' in 'Hits to Review' to change earlier reviews",
		);
	return chosen;
}

export const reviewAmlHits: Operation = {
	option: {
		name: 'Review AML Hits',
		value: 'reviewAmlHits',
		action: 'Review AML hits of session',
		description: 'Confirm or dismiss AML hits',
	},
	about:
		"Doesn't decide the session: updateStatus does. Returns session_id, review_status, hit_ids[], unreviewed_hits.",
	effect: 'decides',
	fields: [sessionId, which, hitIds, reviewStatus],
	needs: 'apiKey',
	async execute(call) {
		const id = call.need(sessionId);
		const status = call.need(reviewStatus);
		const wanted = call.read(which) === 'unreviewed' ? undefined : call.need(hitIds);
		const decision = parseDecision(await call.request(decisionRequest('v3', id)));
		const screenings = readBlocks(decision, 'AML') as IDataObject[];
		const hits = hitsOf(screenings);
		const chosen = chosenHits(hits, wanted);
		// Didit needs to be told the check only where there are several.
		const nodes = new Set(chosen.map(({ node }) => (screenings.length > 1 ? node : null)));
		for (const node of nodes) {
			const updates = chosen.filter((hit) => node === null || hit.node === node);
			await call.request({
				method: 'PATCH',
				path: `/v3/session/${id}/bulk-update-aml-hit-status/`,
				body: {
					hit_updates: updates.map((hit) => ({ hit_id: hit.id, review_status: status })),
					...(node !== null && { node_id: node }),
				},
			});
		}
		const left = hits.filter((hit) =>
			chosen.includes(hit) ? status === 'Unreviewed' : hit.open,
		).length;
		return [
			{
				json: {
					session_id: id,
					review_status: status,
					hit_ids: chosen.map((hit) => hit.id),
					unreviewed_hits: left,
				},
			},
		];
	},
};

/** Sessions of version 3: created from a workflow, read as a decision, listed. */
import { decisionV3, decisionWithEvents } from '../../model/decision/v3.mts';
import { SCENARIOS } from '../../model/decision/scenarios.mts';
import { checkCredit } from '../../model/credit.mts';
import { isVendorBlocked } from '../../model/vendorRecords.mts';
import { invalid, refused } from '../../model/errors.mts';
import { type Call, type Resource } from '../pipeline.mts';
import { featuresWith, portraitProblem } from '../../model/portrait.mts';
import { createSession, findSession, moveTo, reusable } from '../../model/sessions.mts';
import { type SessionRecord } from '../../model/records.mts';
import { latestPublished } from '../../model/workflows.mts';
import { listProblems, listSessions } from './sessionList.mts';

interface CreateBody
	extends Partial<
		Pick<
			SessionRecord,
			| 'vendor_data'
			| 'callback'
			| 'callback_method'
			| 'metadata'
			| 'language'
			| 'contact_details'
			| 'expected_details'
			| 'sandbox_scenario'
		>
	> {
	workflow_id: string;
	portrait_image?: string;
}

function created(session: SessionRecord): Record<string, unknown> {
	const {
		session_id,
		session_number,
		session_token,
		url,
		vendor_data,
		metadata,
		status,
		workflow_id,
		workflow_version,
		callback,
	} = session;
	return {
		session_id,
		session_number,
		session_token,
		url,
		vendor_data,
		metadata,
		status,
		workflow_id,
		workflow_version,
		callback,
	};
}

function create({ state, body, request }: Call) {
	const { workflow_id: named, portrait_image, ...given } = body as CreateBody;
	const workflow = latestPublished(state.workflows, named);
	if (!workflow) throw refused('workflow_id', 'Invalid workflow_id.');
	const byAddress = state.settings.portraitByAddress && /^https:\/\//.test(portrait_image ?? '');
	const portrait =
		portrait_image === undefined || byAddress ? undefined : portraitProblem(portrait_image);
	if (portrait) throw invalid({ portrait_image: [portrait] });
	if (given.sandbox_scenario && !Object.hasOwn(SCENARIOS, given.sandbox_scenario))
		throw invalid({ sandbox_scenario: ['Unknown sandbox scenario.'] });

	const { workflow_id, version: workflow_version, workflow_label, workflow_type } = workflow;
	const session_kind = workflow_type === 'kyb' ? 'business' : 'user';
	if (isVendorBlocked(state, session_kind, given.vendor_data))
		throw refused(
			'vendor_data',
			'This user or business has been blocked and cannot create new verification sessions.',
		);
	const features = featuresWith(state, workflow, given.vendor_data, portrait_image);
	const again = reusable(state, given.vendor_data ?? null, workflow_id, workflow_version);
	const text = (request.body as Buffer).toString('utf8');
	if (again) {
		state.createRequests.set(again.session_id, text);
		// Didit overwrites these two with what the new request carries, so leaving them out clears them.
		Object.assign(again, { callback: given.callback ?? null, metadata: given.metadata ?? null });
		return { status: 201, body: created(again) };
	}
	checkCredit(state);
	const session = createSession(
		state,
		{
			version: 'v3',
			session_kind,
			workflow_id,
			workflow_version,
			workflow_label,
			features,
			...given,
		},
		text,
	);
	const answer = { status: 201, body: created(session) };
	const scenario = SCENARIOS[given.sandbox_scenario ?? ''];
	if (scenario && state.settings.scenarioEnds === 'atOnce')
		moveTo(state, session, scenario.status, 'the scenario');
	return answer;
}

export const session: Resource = {
	version: 'v3',
	handlers: {
		'session.create': create,
		'session.list': { problems: listProblems, run: listSessions },
		'session.decision': {
			find: (state, { sessionId }) => findSession(state, sessionId),
			run: ({ state, params, query, caller }) => {
				const found = findSession(state, params.sessionId);
				const events = query.include === 'events' && found.session_kind === 'user';
				return {
					status: 200,
					body: events
						? decisionWithEvents(state, found, caller.seesMedia)
						: decisionV3(state, found, caller.seesMedia),
				};
			},
		},
	},
};

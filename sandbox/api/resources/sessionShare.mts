/**
 * Handing a finished session to another application, and taking one over. There is one application here, so it plays the
 * receiver of what it shares too.
 */
import { createHmac } from 'node:crypto';
import { decisionV3 } from '../../model/decision/v3.mts';
import { ApiError, detail, invalid } from '../../model/errors.mts';
import { type Call, type Resource } from '../pipeline.mts';
import { createSession, findSession } from '../../model/sessions.mts';
import { type Status } from '../../model/records.mts';
import { now, type State } from '../../model/state.mts';
import { latestPublished } from '../../model/workflows.mts';

const SHAREABLE: readonly Status[] = ['Approved', 'Declined', 'In Review'];
const DEFAULT_SECONDS = 3600;

interface Shared {
	session_id: string;
	for_application_id: string;
	/** Seconds, as in every JWT. */
	exp: number;
}

interface ImportRequest {
	share_token: string;
	trust_review: boolean;
	workflow_id: string;
	vendor_data?: string | null;
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signature = ({ mediaKey }: State, text: string) =>
	createHmac('sha256', mediaKey).update(text).digest('base64url');

function tokenFor(state: State, shared: Shared): string {
	const text = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(shared)}`;
	return `${text}.${signature(state, text)}`;
}

/** @throws ApiError 400 for a token that is not the sandbox's, or too old. */
function readToken(state: State, token: string): Shared {
	const [header, payload, mac] = token.split('.');
	const wrong = invalid({ share_token: ['Invalid or expired share token.'] });
	if (mac !== signature(state, `${header}.${payload}`)) throw wrong;
	const shared = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Shared;
	if (shared.exp * 1000 <= now(state)) throw wrong;
	return shared;
}

function share({ state, params, body }: Call) {
	const { session_id, session_kind, status } = findSession(state, params.sessionId, 'Not found.');
	const { for_application_id, ttl_in_seconds = DEFAULT_SECONDS } = body as {
		for_application_id: string;
		ttl_in_seconds?: number;
	};
	if (!SHAREABLE.includes(status))
		throw new ApiError(400, {
			detail: ['Only finished sessions (Approved, Declined, In Review) can be shared.'],
		});
	if (for_application_id === state.applicationId)
		throw invalid({
			for_application_id: ['A session cannot be shared with the application that owns it.'],
		});
	const exp = Math.floor(now(state) / 1000) + ttl_in_seconds;
	return {
		status: 200,
		body: {
			share_token: tokenFor(state, { session_id, for_application_id, exp }),
			for_application_id,
			session_kind,
		},
	};
}

function importShared({ state, body, caller }: Call) {
	const {
		share_token,
		trust_review,
		workflow_id: named,
		vendor_data = null,
	} = body as ImportRequest;
	const shared = readToken(state, share_token);
	if (state.redeemed.has(share_token))
		throw detail(403, 'This share token has already been redeemed.');
	const source = findSession(state, shared.session_id);
	const workflow = latestPublished(state.workflows, named);
	if (!workflow) throw invalid({ workflow_id: ['Invalid workflow_id.'] });
	if ((workflow.workflow_type === 'kyb') !== (source.session_kind === 'business'))
		throw invalid({ workflow_id: ['The workflow is not of the kind of the shared session.'] });

	state.redeemed.add(share_token);
	const { session_kind, features, person, corrections, expected_details, sandbox_scenario } =
		source;
	const { poa_corrections, hit_reviews, step_overrides } = source;
	const { workflow_id, version: workflow_version, workflow_label } = workflow;
	const session = createSession(state, {
		version: 'v3',
		session_kind,
		features,
		person,
		corrections,
		poa_corrections,
		hit_reviews: { ...hit_reviews },
		step_overrides: { ...step_overrides },
		expected_details,
		sandbox_scenario,
		workflow_id,
		workflow_version,
		workflow_label,
		vendor_data,
		shared_from: source.session_id,
		status: trust_review ? source.status : 'In Review',
	});
	return { status: 201, body: decisionV3(state, session, caller.seesMedia) };
}

export const sessionShare: Resource = {
	version: 'v3',
	handlers: { 'session.share': share, 'session.importShared': importShared },
};

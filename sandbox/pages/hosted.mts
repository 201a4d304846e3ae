/**
 * The hosted page behind a session's link. Here the visitor chooses the result instead of being verified, and the
 * browser then goes to the callback as Didit would send it there.
 */
import formbody from '@fastify/formbody';
import { type FastifyPluginCallback, type FastifyReply, type FastifyRequest } from 'fastify';
import { stepsOf } from '../model/decision/outcome.mts';
import { SCENARIOS, type Step } from '../model/decision/scenarios.mts';
import { callbackFor } from './callback.mts';
import { findByToken, moveTo } from '../model/sessions.mts';
import { type SessionRecord, type Status, UNFINISHED } from '../model/records.mts';
import { type State } from '../model/state.mts';
import { PAGE_HEADERS, render, type Tone, tone } from './render.mts';

interface Choice {
	value: string;
	label: string;
	tone: Tone;
}

const CHOICES: Choice[] = [
	{ value: 'approve', label: 'Approve', tone: 'good' },
	{ value: 'decline', label: 'Decline', tone: 'bad' },
	{ value: 'review', label: 'Send to review', tone: 'wait' },
	{ value: 'abandon', label: 'Abandon without finishing', tone: '' },
];
const RESULTS = new Map<string, Status>([
	['approve', 'Approved'],
	['decline', 'Declined'],
	['review', 'In Review'],
	['abandon', 'Abandoned'],
]);

const STEP_NAMES: Record<Step, string> = {
	OCR: 'ID document',
	NFC: 'Document chip',
	LIVENESS: 'Liveness',
	FACE_MATCH: 'Face match',
	PROOF_OF_ADDRESS: 'Proof of address',
	PHONE_VERIFICATION: 'Phone number',
	EMAIL_VERIFICATION: 'Email address',
	DATABASE_VALIDATION: 'Official databases',
	AML: 'Sanctions and watchlists',
	IP_ANALYSIS: 'Device and location',
	QUESTIONNAIRE: 'Questionnaire',
	AGE_ESTIMATION: 'Age',
	KYB_REGISTRY: 'Company registry',
	KYB_DOCUMENTS: 'Company documents',
	KYB_KEY_PEOPLE: 'Owners and directors',
};

/** What a visitor reads when a link no longer leads anywhere. */
const OVER: Partial<Record<Status, [title: string, text: string]>> = {
	Expired: [
		'This link has expired',
		"It wasn't used in time. Ask whoever sent it to you for a new one.",
	],
	Approved: [
		'You are already verified',
		"This verification is finished. There's nothing left to do.",
	],
	Declined: [
		'This verification is finished',
		'It was declined. Ask whoever sent you the link what to do next.',
	],
	'In Review': [
		'Your verification is being reviewed',
		"We have everything we need. Someone is looking at it, and there's nothing left for you to do.",
	],
	Abandoned: [
		'This verification was left unfinished',
		"It can't be resumed. Ask whoever sent it to you for a new link.",
	],
	'Kyc Expired': [
		'This verification is too old',
		'It was finished, but the document has expired since. Ask for a new link.',
	],
};

function scenarioChoice({ sandbox_scenario }: SessionRecord): Choice[] {
	const scenario = sandbox_scenario ? SCENARIOS[sandbox_scenario] : undefined;
	return scenario
		? [{ value: 'scenario', label: `End as in the scenario: ${scenario.status}`, tone: '' }]
		: [];
}

/** The status that a button of the page leads to. */
function resultOf(session: SessionRecord, choice: string): Status | undefined {
	return choice === 'scenario'
		? SCENARIOS[session.sandbox_scenario ?? '']?.status
		: RESULTS.get(choice);
}

function show(reply: FastifyReply, status: number, html: string): FastifyReply {
	return reply.code(status).headers(PAGE_HEADERS).send(html);
}

function hostedPage(session: SessionRecord): string {
	return render('hosted', {
		business: session.session_kind === 'business',
		label: session.workflow_label,
		number: session.session_number,
		steps: stepsOf(session).map((step) => STEP_NAMES[step] ?? step),
		choices: [...scenarioChoice(session), ...CHOICES],
	});
}

function messagePage(title: string, text: string, status = ''): string {
	return render('message', { title, text, status, tone: tone(status) });
}

/** The session of the address, or the page that says why it cannot be used. */
function usable(
	state: State,
	request: FastifyRequest,
	reply: FastifyReply,
): SessionRecord | undefined {
	const session = findByToken(state, (request.params as { token: string }).token);
	const over = session ? OVER[session.status] : undefined;
	if (session && !over) return session;
	if (!session)
		void show(
			reply,
			404,
			messagePage(
				"This link doesn't work",
				'It may be incomplete, or the sandbox has been restarted. Check the link, or ask for a new one.',
			),
		);
	else if (over) void show(reply, session.status === 'Expired' ? 410 : 200, messagePage(...over));
	return undefined;
}

export const hosted: FastifyPluginCallback<{ state: State }> = (server, { state }, done) => {
	void server.register(formbody);
	for (const url of ['/session/:token', '/:language/session/:token']) {
		server.get(url, { exposeHeadRoute: false }, (request, reply) => {
			const session = usable(state, request, reply);
			if (!session) return reply;
			if (UNFINISHED.includes(session.status) && session.status !== 'In Progress')
				moveTo(state, session, 'In Progress', 'visitor');
			return show(reply, 200, hostedPage(session));
		});
		server.post(url, (request, reply) => {
			const session = usable(state, request, reply);
			if (!session) return reply;
			const { result = '', stay } = (request.body ?? {}) as { result?: string; stay?: string };
			const status = resultOf(session, result);
			if (!status)
				return show(
					reply,
					400,
					messagePage('No result chosen', 'Go back and choose one of the buttons.'),
				);
			moveTo(state, session, status, 'visitor');
			const callback = stay ? null : callbackFor(state, session);
			if (callback)
				return reply
					.code(303)
					.header('location', callback)
					.header('cache-control', 'no-store')
					.send();
			return show(reply, 200, messagePage('Thank you', 'You can close this page.', status));
		});
	}
	done();
};

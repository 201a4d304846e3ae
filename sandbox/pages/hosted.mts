/**
 * The hosted page, where the visitor of a session's link would be verified. Here the visitor chooses the result, then
 * the browser goes to the callback as Didit sends it there.
 */
import formbody from '@fastify/formbody';
import { type FastifyPluginCallback, type FastifyReply, type FastifyRequest } from 'fastify';
import { SCENARIOS } from '../model/decision/scenarios.mts';
import { callbackFor } from './callback.mts';
import { findByToken, moveTo } from '../model/sessions.mts';
import { type SessionRecord, type State, type Status, UNFINISHED } from '../model/state.mts';
import { type Choice, hostedPage, messagePage } from './hosted-view.mts';
import { PAGE_HEADERS } from './layout.mts';

const CHOICES: Choice[] = [
	{ value: 'approve', label: 'Approve', tone: 'good' },
	{ value: 'decline', label: 'Decline', tone: 'bad' },
	{ value: 'review', label: 'Send to review', tone: 'wait' },
	{ value: 'abandon', label: 'Abandon', tone: '' },
];
const RESULTS = new Map<string, Status>([
	['approve', 'Approved'],
	['decline', 'Declined'],
	['review', 'In Review'],
	['abandon', 'Abandoned'],
]);

/** What a visitor reads when a link leads nowhere any more. */
const OVER: Partial<Record<Status, [title: string, text: string]>> = {
	Expired: [
		'This link has expired',
		'It was not used in time. Ask whoever sent it to you for a new one.',
	],
	Approved: [
		'You are already verified',
		'This verification is finished, and there is nothing left to do.',
	],
	Declined: [
		'This verification is finished',
		'It was declined. Ask whoever sent you the link what to do next.',
	],
	'In Review': [
		'Your verification is being reviewed',
		'Everything was received. A person looks at it, and there is nothing left for you to do.',
	],
	Abandoned: [
		'This verification was left unfinished',
		'It cannot be taken up again. Ask whoever sent it to you for a new link.',
	],
	'Kyc Expired': [
		'This verification is too old',
		'It was finished once, but the document has expired since. Ask for a new link.',
	],
};

function scenarioChoice({ sandbox_scenario }: SessionRecord): Choice[] {
	const scenario = sandbox_scenario ? SCENARIOS[sandbox_scenario] : undefined;
	return scenario
		? [{ value: 'scenario', label: `Finish as the scenario says: ${scenario.status}`, tone: '' }]
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
				'This link is not known',
				'It may be incomplete, or the sandbox was restarted since. Check the link, or ask for a new one.',
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
			return show(reply, 200, hostedPage(session, [...scenarioChoice(session), ...CHOICES]));
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
					messagePage('Nothing was chosen', 'Go back and use one of the buttons.'),
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

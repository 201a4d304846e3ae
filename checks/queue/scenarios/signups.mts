/** Signups through the webhook process: everybody gets a link, nobody two, and the workers need one token each. */
import { CONCURRENCY, WORKERS } from '../cluster.mts';
import { sendAll } from '../sender.mts';
import { create, mail, newPath, publish, respond, webhook } from '../workflows.mts';
import { counted, repeated, type Scenario } from '../scenario.mts';

const PARALLEL = 40;

export const signups: Scenario = async (setting) => {
	const { cluster, sandbox, short } = setting;
	const count = short ? 100 : 500;
	const path = newPath('signup');
	await publish(setting, 'Signups', [
		webhook(path, 'responseNode'),
		create(setting, 'v1'),
		mail(setting),
		respond(setting),
	]);

	const ids = Array.from({ length: count }, (_, index) => `signup-${index + 1}`);
	const startedAt = Date.now();
	const sent = await sendAll({
		url: `${cluster.webhook.url}/webhook/${path}`,
		ids,
		body: (id) => ({ user_id: id }),
		parallel: PARALLEL,
	});
	const seconds = (Date.now() - startedAt) / 1000;

	const links = new Set(sent.map(({ answer }) => answer?.url).filter(Boolean));
	const sessions = counted(
		sandbox.sessions.map(({ vendor_data }) => String(vendor_data)).filter((id) => ids.includes(id)),
	);
	const mails = await setting.mails('signup-');
	const ran = cluster.workers.map(
		(worker) => worker.log().match(/Worker started execution/g)?.length ?? 0,
	);
	const exchanges = sandbox.count('POST', '/auth/v2/token/');
	return {
		tables: [
			{
				title: 'Signups',
				note: `Webhook, Create (client ID and secret, no token yet), Send Email, Respond to Webhook; ${PARALLEL} requests at once to the webhook process, ${WORKERS} workers with ${CONCURRENCY} executions each.`,
				columns: [
					'signups',
					'answered with a link',
					'sent more than once',
					'sessions',
					'mails',
					'run by worker 1',
					'run by worker 2',
					'token requests',
					'seconds',
					'signups a second',
				],
				rows: [
					[
						count,
						links.size,
						sent.filter(({ statuses }) => statuses.length > 1).length,
						sandbox.sessions.length,
						mails.size,
						...ran,
						exchanges,
						seconds,
						count / seconds,
					],
				],
			},
		],
		aims: [
			{
				text: 'Signups that got a link in the answer',
				measured: links.size,
				atLeast: count,
				atMost: count,
			},
			{
				text: 'Signups that got a link by mail',
				measured: mails.size,
				atLeast: count,
				atMost: count,
			},
			{
				text: 'Signups with two sessions or two mails',
				measured: repeated(sessions) + repeated(mails),
				atMost: 0,
			},
			{
				text: 'Workers that took part',
				measured: ran.filter((executions) => executions > 0).length,
				atLeast: WORKERS,
			},
			{
				text: `Token requests when ${WORKERS} workers start without a token`,
				measured: exchanges,
				atLeast: 1,
				atMost: WORKERS,
			},
		],
	};
};

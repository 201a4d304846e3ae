/** The pages for people: the hosted page of a session and the dashboard. */
import { type FastifyPluginCallback } from 'fastify';
import { type State } from '../model/state.mts';
import { dashboard } from './dashboard.mts';
import { hosted } from './hosted.mts';

export const pages: FastifyPluginCallback<{ state: State }> = (server, { state }, done) => {
	void server.register(hosted, { state });
	void server.register(dashboard, { state });
	done();
};

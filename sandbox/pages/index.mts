/** The pages for people: the hosted page of a session and the dashboard. */
import { type FastifyPluginCallback } from 'fastify';
import { type State } from '../state.mts';

export const pages: FastifyPluginCallback<{ state: State }> = (_server, _options, done) => {
	done();
};

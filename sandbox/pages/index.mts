/** The pages for people: a session's hosted page and the dashboard. */
import { type FastifyPluginCallback } from 'fastify';
import { type Parts } from '../parts.mts';
import { dashboard } from './dashboard.mts';
import { hosted } from './hosted.mts';

export const pages: FastifyPluginCallback<Parts> = (server, parts, done) => {
	void server.register(hosted, parts);
	void server.register(dashboard, parts);
	done();
};

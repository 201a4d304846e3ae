/** The public health check. */
import { type Resource } from '../pipeline.mts';
import { iso, now } from '../../model/state.mts';

export const system: Resource = {
	version: 'v3',
	handlers: {
		'system.health': ({ state }) => ({
			status: 200,
			body: { status: 'ok', timestamp: iso(now(state)) },
		}),
	},
};

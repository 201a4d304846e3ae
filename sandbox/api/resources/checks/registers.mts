import { type Resource } from '../../pipeline.mts';
import { type Body, charge } from '../../../model/checks/check.mts';
import { databaseValidation, walletScreening } from '../../../model/checks/registers.mts';
import { looks } from './looks.mts';

export const registers: Resource = {
	version: 'v3',
	handlers: {
		'check.databaseValidation': looks(
			'check.databaseValidation',
			'database_validation',
			databaseValidation,
		),
		'check.walletScreening': ({ state, body }) => {
			charge(state, 'check.walletScreening');
			return { status: 200, body: walletScreening(body as Body) };
		},
	},
};

import { type Resource } from '../../pipeline.mts';
import { type Body, checkChargeable, frame } from '../../../model/checks/check.mts';
import { databaseValidation, walletScreening } from '../../../model/checks/registers.mts';

export const registers: Resource = {
	version: 'v3',
	handlers: {
		'check.databaseValidation': ({ state, body }) => {
			const asked = body as Body;
			checkChargeable(state);
			state.charged.push('check.databaseValidation');
			const database_validation = databaseValidation(asked);
			return { status: 200, body: { ...frame(state, asked), database_validation } };
		},
		'check.walletScreening': ({ state, body }) => {
			checkChargeable(state);
			state.charged.push('check.walletScreening');
			return { status: 200, body: walletScreening(body as Body) };
		},
	},
};

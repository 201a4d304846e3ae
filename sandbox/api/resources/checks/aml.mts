import { type Resource } from '../../pipeline.mts';
import { amlProblem, screen } from '../../../model/checks/aml.mts';
import { type Body, charge, frame } from '../../../model/checks/check.mts';
import { once } from '../../../model/checks/idempotency.mts';
import { invalid } from '../../../model/errors.mts';

export const aml: Resource = {
	version: 'v3',
	handlers: {
		'check.aml': ({ state, body, request }) => {
			const asked = body as Body;
			const problem = amlProblem(asked);
			if (problem) throw invalid({ non_field_errors: [problem] });
			const key = request.headers['idempotency-key'] as string | undefined;
			return once(state, key, asked, () => {
				charge(state, 'check.aml');
				return { status: 200, body: { ...frame(state, asked), aml: screen(asked) } };
			});
		},
	},
};

/** A check that looks at what it is given, and is charged. Its report stands under the feature's name. */
import { type Body, charge, frame, type Report } from '../../../model/checks/check.mts';
import { type Run } from '../../pipeline.mts';

/** @param id of the call in the contract. */
export const looks =
	(id: string, feature: string, look: (asked: Body) => Report): Run =>
	({ state, body }) => {
		const asked = body as Body;
		charge(state, id);
		return { status: 200, body: { ...frame(state, asked), [feature]: look(asked) } };
	};

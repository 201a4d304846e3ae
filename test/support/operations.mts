// The operations that there really are. Tests go through these, so that none can be forgotten.
import { RESOURCES } from '../../nodes/Didit/actions/resources.ts';
import type { Effect } from '../../nodes/Didit/actions/common/declaration.ts';

export interface OperationCase {
	resource: string;
	operation: string;
	/** As in `session create`. */
	name: string;
	effect: Effect;
}

export const OPERATIONS: OperationCase[] = RESOURCES.flatMap((resource) =>
	resource.operations.map(({ option, effect }) => ({
		resource: String(resource.option.value),
		operation: String(option.value),
		name: `${String(resource.option.value)} ${String(option.value)}`,
		effect,
	})),
);

/** For a test that has something of its own for each operation: fails if one is missing, or is none. */
export function expectAll(names: string[], of: OperationCase[] = OPERATIONS): void {
	expect([...names].sort()).toEqual(of.map(({ name }) => name).sort());
}

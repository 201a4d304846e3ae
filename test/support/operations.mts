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

/**
 * For a test that has something of its own for each operation: fails if one is missing, is there twice, or is none.
 * @param table what has an entry for each, as the failure is to call it
 */
export function expectAll(
	names: string[],
	table: string,
	of: ReadonlyArray<{ name: string }> = OPERATIONS,
): void {
	const wanted = of.map(({ name }) => name);
	const counts = (name: string) => names.filter((other) => other === name).length;
	expect({
		[`to add to ${table}`]: wanted.filter((name) => !names.includes(name)),
		[`to remove from ${table}`]: names.filter((name) => !wanted.includes(name) || counts(name) > 1),
	}).toEqual({ [`to add to ${table}`]: [], [`to remove from ${table}`]: [] });
}

/** Generated request bodies: valid ones, and some that are spoiled in one place. */
import * as fc from 'fast-check';

/** An object with any of the fields, and always the named ones. */
export const record = (
	fields: Record<string, fc.Arbitrary<unknown>>,
	requiredKeys: string[] = [],
) => fc.record(fields, { requiredKeys });

/** A body as it should be, or, half of the time, one with a field that may be wrong or unknown, at the top or one level down. */
export function perhapsSpoiled(
	good: fc.Arbitrary<Record<string, unknown>>,
	wrong: fc.Arbitrary<unknown>,
): fc.Arbitrary<Record<string, unknown>> {
	const spoil = fc
		.tuple(good, fc.nat(), fc.nat(), wrong, fc.boolean())
		.map(([body, at, deeper, value, unknown]) => {
			const keys = [...Object.keys(body), ...(unknown ? ['unknown_field'] : [])];
			if (keys.length === 0) return { ...body, unknown_field: value };
			const key = keys[at % keys.length];
			const inner = body[key];
			if (typeof inner !== 'object' || inner === null || Object.keys(inner).length === 0)
				return { ...body, [key]: value };
			const innerKeys = Object.keys(inner);
			return { ...body, [key]: { ...inner, [innerKeys[deeper % innerKeys.length]]: value } };
		});
	return fc.oneof(good, spoil);
}

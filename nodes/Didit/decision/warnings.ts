/**
 * What Didit noticed in a session, and what each of it did to the result: Didit's `log_type` is the effect, not the tone
 * (its own MCP server, session-explain.ts, September 2026).
 */
import { isFields, firstText, list, text, type Fields } from '../json/read';
import { FEATURES, featureName, readBlocks } from './features';
import { isNumberField, maskDocumentNumber } from './mask';
import type { VerdictRule, VerdictWarning } from './types';

const EFFECTS: Record<string, VerdictWarning['effect']> = {
	error: 'Declined',
	warning: 'In Review',
	information: 'None',
};

const WEIGHT: ReadonlyArray<VerdictWarning['effect']> = ['Declined', 'In Review', null, 'None'];

/** A rule that the builder's company wrote for a step of its Didit workflow. */
const CUSTOM_RULE = 'CUSTOM_STATUS_RULE_TRIGGERED';

/**
 * All warnings, those that decided first. Version 1 lists them at the top, the later versions inside each block.
 * @param masked document numbers in a rule's values show their end only
 */
export function readWarnings(decision: Fields, masked: boolean): VerdictWarning[] {
	const atTheTop = list(decision.warnings).map((entry) => readWarning(entry, null, masked));
	const inBlocks = FEATURES.flatMap(({ feature }) =>
		readBlocks(decision, feature).flatMap((block) =>
			list(block.warnings).map((entry) => readWarning(entry, feature, masked)),
		),
	);
	return [...atTheTop, ...inBlocks]
		.filter(({ risk, text: words }) => risk !== null || words !== null)
		.sort((a, b) => WEIGHT.indexOf(a.effect) - WEIGHT.indexOf(b.effect));
}

function readWarning(entry: Fields, ofBlock: string | null, masked: boolean): VerdictWarning {
	const named = text(entry.feature);
	const risk = text(entry.risk);
	const logType = text(entry.log_type) ?? '';
	return {
		feature: named === null ? ofBlock : featureName(named),
		risk,
		text: firstText(entry.short_description, entry.long_description),
		effect: Object.keys(EFFECTS).includes(logType) ? EFFECTS[logType] : null,
		rule: risk === CUSTOM_RULE ? readRule(entry.additional_data, masked) : null,
	};
}

function readRule(data: unknown, masked: boolean): VerdictRule | null {
	if (!isFields(data)) return null;
	const field = text(data.field);
	const shown = (value: unknown) => {
		const read = readValue(value);
		return masked && read !== null && field !== null && isNumberField(field)
			? maskDocumentNumber(read)
			: read;
	};
	return {
		field,
		operator: text(data.operator),
		rule_value: shown(data.rule_value),
		actual_value: shown(data.actual_value),
	};
}

/** A value of a rule as text, several of them as one. A link is none: it could open an image. */
function readValue(value: unknown): string | null {
	if (Array.isArray(value)) {
		const texts = value.map(readValue).filter((entry) => entry !== null);
		return texts.length === 0 ? null : texts.join(', ');
	}
	if (typeof value === 'boolean' || Number.isFinite(value)) return String(value);
	const words = text(value);
	return words === null || /https?:\/\//i.test(words) ? null : words;
}

// What the canvas shows below a node's name: what it does, in the words of the lists. The editor evaluates it as an expression.
import type { FieldSpec } from './common/fieldSpecs';
import type { Operation, Resource } from './common/operation';

/** "Get many sessions" as a title: "Get Many Sessions". */
const asTitle = (action: string) =>
	action.replace(/\b(?!(?:a|an|and|by|for|from|in|of|or|the|to|with)\b)[a-z]/g, (letter) =>
		letter.toUpperCase(),
	);

const subtitleOf = ({ subtitle, option }: Operation) =>
	subtitle ?? asTitle(option.action ?? option.name);

const isChoice = ({ property, required }: FieldSpec) =>
	required === true && property.type === 'options';

/** What is decided belongs to what the node does: the field's name, and the names of its choices. */
function decisionOf({ effect, fields }: Operation): object | undefined {
	const field = effect === 'decides' ? fields.find(isChoice) : undefined;
	if (!field) return undefined;
	const choices = (field.property.options ?? []) as Array<{ name: string; value: string }>;
	const names = Object.fromEntries(choices.map(({ name, value }) => [value, name]));
	return { field: field.name, names };
}

/** Two braces at the end would end n8n's expression. */
const asCode = (entries: unknown[][]) =>
	JSON.stringify(Object.fromEntries(entries)).replace(/\}(?=\})/g, '} ');

/** The expression for the node's description. A decision that comes from an expression is left out. */
export function subtitleExpression(resources: Resource[]): string {
	const operations = resources.flatMap(({ option, operations: own }) =>
		own.map((operation) => ({
			key: `${String(option.value)}:${String(operation.option.value)}`,
			operation,
		})),
	);
	const titles = operations.map(({ key, operation }) => [key, subtitleOf(operation)]);
	const decisions = operations
		.map(({ key, operation }) => [key, decisionOf(operation)])
		.filter(([, decision]) => decision !== undefined);
	return `={{ ((titles, decisions, parameter) => {
	const key = parameter.resource + ":" + parameter.operation;
	const decision = decisions[key];
	const chosen = decision && decision.names[parameter[decision.field]];
	return (titles[key] || parameter.operation) + (chosen ? ": " + chosen : "");
})(${asCode(titles)}, ${asCode(decisions)}, $parameter) }}`;
}

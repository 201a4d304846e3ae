// Risks for which a builder can have Didit decline, or not. One list on the screen for what Didit has a field each.
import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import { choices } from '../common/fieldKinds';
import type { FieldSpec } from '../common/fieldSpecs';
import type { ItemCall } from '../common/itemCall';

/** Didit's name of the field, and what the screen calls the risk. */
type Risks = Record<string, string>;

const optionsOf = (risks: Risks) =>
	Object.entries(risks)
		.map(([value, name]) => ({ name, value }))
		.sort((a, b) => a.name.localeCompare(b.name));

export const declineFor = (risks: Risks) =>
	choices({
		label: 'Decline For',
		name: 'declineFor',
		options: optionsOf(risks),
	});

export const ignore = (risks: Risks) =>
	choices({
		label: 'Ignore',
		name: 'ignore',
		options: optionsOf(risks),
		description: 'Never decline for these',
	});

/** The part of a request that the lists make. @throws InputError for a risk that is in both */
export function riskBody(
	call: ItemCall,
	declined: FieldSpec<string[]>,
	ignored?: FieldSpec<string[]>,
): IDataObject {
	const declines = call.option(declined) ?? [];
	const ignores = (ignored && call.option(ignored)) ?? [];
	if (ignored && declines.some((risk) => ignores.includes(risk))) {
		throw new InputError(
			`'${declined.label}' and '${ignored.label}' contradict each other`,
			'Take what is in both out of one of them',
		);
	}
	return Object.fromEntries([
		...declines.map((risk) => [risk, 'DECLINE']),
		...ignores.map((risk) => [risk, 'NO_ACTION']),
	]) as IDataObject;
}

// The kinds of fields that an operation can have. Each makes a field's description from what is special about it.
import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { clean, jsonObject, numberWithin, refuse } from './checks';
import type { Check } from './checks';
import { readFields, refuseUnknown } from './fieldSpecs';
import type { FieldSpec } from './fieldSpecs';
import { toDay } from './days';
import { toId } from './ids';
import { fromJson, isNothing, toBoolean, toCollection, toList, toText } from './values';
import type { Field } from './values';

type Shown = Partial<Omit<INodeProperties, 'displayName' | 'name'>>;

/** What every kind of field has. What is left of it goes to the editor as it is. */
export interface FieldInfo extends Shown {
	/** On the screen and in errors. */
	label: string;
	/** In saved workflows. */
	name: string;
	/** In the request to Didit. None for what only steers the node. */
	diditName?: string;
	/** In a collection: whoever adds it must fill it in. n8n's own `required` would ask for it even where it isn't added. */
	notEmpty?: boolean;
	/** What to do when it is empty and must not be. */
	ask?: string;
	/** The field of another node's output that belongs into it. */
	comesFrom?: FieldSpec['comesFrom'];
}

/** What every kind of field is made with. */
export function field<T>(
	{ label, name, diditName, ask, notEmpty, comesFrom, ...shown }: FieldInfo,
	read: FieldSpec<T>['read'],
	more: { inner?: FieldSpec[]; empty?: T; property?: Shown } = {},
): FieldSpec<T> {
	const property = { type: 'string', default: '', ...more.property, ...shown } as Shown;
	return {
		label,
		name,
		diditName,
		ask: ask ?? 'Fill it in',
		comesFrom,
		required: shown.required === true || notEmpty === true,
		inner: more.inner ?? [],
		empty: more.empty,
		property: { displayName: label, name, ...property } as INodeProperties,
		read,
	};
}

export const anything: Check = (value) => value;

interface TextInfo extends FieldInfo {
	check?: Check<string | undefined>;
	/** Shown while the field is empty. */
	example?: string;
}

const placeholder = (example?: string): Shown =>
	example === undefined ? {} : { placeholder: `e.g. ${example}` };

const textAs =
	(read: (value: unknown, about: Field) => string) =>
	({ check = anything, example, ...info }: TextInfo): FieldSpec<string | undefined> =>
		field(info, (value, about) => check(read(value, about), about), {
			property: placeholder(example),
		});

/** A text field. */
export const text = textAs(toText);

/** A text field with an ID that stands for one person or business. */
export const ownId = textAs(toId);

/** A day, as text or as whatever n8n's nodes give for a date. */
export const day = textAs(toDay);

/** Several values as text with commas, or as a list from an expression. */
export function list({ check = anything, example, ...info }: TextInfo): FieldSpec<string[]> {
	const read = (value: unknown, about: Field) =>
		toList(value, about).map((entry) => check(entry, about) ?? entry);
	return field(info, read, { property: placeholder(example), empty: [] });
}

/** The choice that a text names, by its value or by its name on the screen. */
const oneOf =
	(choices: INodePropertyOptions[] = []): Check =>
	(value, about) => {
		const expected = `one of: ${choices.map(({ name }) => name).join(', ')}`;
		const wanted = clean(value, about, 200, expected).toLowerCase();
		const found =
			choices.find((choice) => String(choice.value).toLowerCase() === wanted) ??
			choices.find(({ name }) => name.toLowerCase() === wanted);
		if (!found) refuse(about, expected);
		return String(found.value);
	};

interface ChoiceInfo extends FieldInfo {
	/** None if the editor loads them. */
	options?: INodePropertyOptions[];
	/** For values that are more than the options on the screen. */
	check?: Check<string | undefined>;
}

/** One of several values. */
export function choice({ check, ...info }: ChoiceInfo): FieldSpec<string | undefined> {
	const checked = check ?? oneOf(info.options);
	return field(info, (value, about) => checked(toText(value, about), about), {
		property: { type: 'options' },
		empty: typeof info.default === 'string' && info.default !== '' ? info.default : undefined,
	});
}

/** Any number of several values. */
export function choices(info: ChoiceInfo): FieldSpec<string[]> {
	const check = oneOf(info.options);
	const read = (value: unknown, about: Field) =>
		toList(value, about).map((entry) => check(entry, about));
	return field(info, read, {
		property: { type: 'multiOptions', default: [] },
		empty: (info.default as string[] | undefined) ?? [],
	});
}

interface ToggleInfo extends FieldInfo {
	/** Nothing but `true` itself turns it on: what looks like it could be someone else's text. */
	literal?: boolean;
}

export function toggle({ literal = false, ...info }: ToggleInfo): FieldSpec<boolean> {
	const read = (value: unknown, about: Field) =>
		literal ? value === true : toBoolean(value, about) === true;
	return field<boolean>(info, read, {
		property: { type: 'boolean', default: false },
		empty: info.default === true,
	});
}

interface NumberInfo extends FieldInfo {
	least: number;
	most?: number;
	/** Parts of a whole are fine. */
	fractions?: boolean;
}

export function number({
	least,
	most = Infinity,
	fractions = false,
	...info
}: NumberInfo): FieldSpec<number | undefined> {
	const typeOptions = { minValue: least, ...(most !== Infinity && { maxValue: most }) };
	return field(info, (value, about) => numberWithin(value, about, { least, most, fractions }), {
		property: { type: 'number', typeOptions },
		empty: info.default as number | undefined,
	});
}

/** A JSON object, as text from the screen or as an object from an expression. */
export function json(
	info: FieldInfo & { check?: (value: IDataObject, about: Field) => void },
): FieldSpec<IDataObject> {
	const { check, ...rest } = info;
	const read = (value: unknown, about: Field) => {
		const given = fromJson(value);
		if (isNothing(given)) return {};
		const object = jsonObject(given, about) as IDataObject;
		check?.(object, about);
		return object;
	};
	return field(rest, read, { property: { type: 'json', default: '{}' } });
}

interface GroupInfo extends FieldInfo {
	fields: FieldSpec[];
	/** What holds for several of the fields together. */
	together?: (body: IDataObject, values: IDataObject) => IDataObject;
}

/** A collection of optional fields, in alphabetical order. Its value is the part of the request that they make. */
export function group({
	fields,
	together = (body) => body,
	...info
}: GroupInfo): FieldSpec<IDataObject> {
	const read = (value: unknown, about: Field) => {
		const values = toCollection(value, about);
		refuseUnknown(values, fields, about);
		return together(readFields(values, fields, about), values);
	};
	const options = [...fields].sort((a, b) => a.label.localeCompare(b.label));
	return field(info, read, {
		inner: fields,
		empty: {},
		property: {
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: options.map(({ property }) => property),
		},
	});
}

/** A notice in the panel. */
export function notice(label: string, name: string, shown: Shown = {}): FieldSpec {
	return field({ label, name, type: 'notice', ...shown }, () => undefined);
}

// What an operation is given for one item: its fields as they were filled in, and the way to Didit with the credential as this
// item resolves it.
import { isExpression } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { DiditClient } from '../../transport/client';
import { downloadFile } from '../../transport/download';
import { InputError } from '../../transport/errors';
import { diditRequest } from '../../transport/request';
import type { RequestQueue } from '../../transport/requestQueue';
import type { Answer, DiditRequest, RequestLimits } from '../../transport/types';
import { isEmptyPart, labelsOf, readField } from './fieldSpecs';
import type { FieldSpec } from './fieldSpecs';
import type { Declaration } from './declaration';
import { dragSessionFrom } from './dragFrom';
import { isMissing } from './ids';
import type { Parameters } from './parameters';
import { isNothing, toCollection, valueOfLocator } from './values';

/** What all items of an execution share. */
export interface Run {
	context: IExecuteFunctions;
	parameters: Parameters;
	queue: RequestQueue;
	limits: RequestLimits;
	operation: Declaration;
}

export class ItemCall {
	readonly context: IExecuteFunctions;

	/** A parameter of the node as n8n gives it for this item; empty text if it's missing. */
	private readonly parameter: (name: string) => unknown;

	constructor(
		private readonly run: Run,
		readonly item: number,
		readonly client: DiditClient,
	) {
		this.context = run.context;
		this.parameter = run.parameters.of(item);
	}

	/**
	 * A field of the operation.
	 * @throws InputError if it isn't valid, or is empty and must not be
	 */
	read<T>(spec: FieldSpec<T>): T | undefined {
		const value = this.parameter(spec.name);
		if (spec.comesFrom && spec.required && isMissing(valueOfLocator(value)))
			this.refuseEmpty(spec, dragSessionFrom(this.context, spec.comesFrom) ?? spec.ask);
		return readField(spec, value, this.context.getTimezone());
	}

	/** A field that must be filled in. @throws InputError if it isn't, or isn't valid */
	need<T>(spec: FieldSpec<T>): NonNullable<T> {
		return this.read({ ...spec, required: true }) as NonNullable<T>;
	}

	isOn(spec: FieldSpec<boolean>): boolean {
		return this.read(spec) === true;
	}

	/** An option of the operation; undefined if it wasn't added. @throws InputError if it isn't valid */
	option<T>(spec: FieldSpec<T>): T | undefined {
		const options = toCollection(this.parameter('options'), { label: 'Options' });
		const value = Object.keys(options).includes(spec.name) ? options[spec.name] : undefined;
		return isNothing(value) ? undefined : readField(spec, value, this.context.getTimezone());
	}

	/** The part of a request that these fields make, under Didit's names. */
	body(...specs: FieldSpec[]): IDataObject {
		return this.asBody(specs, (spec) => this.read(spec));
	}

	/** The part of a request that the options make. */
	optionsBody(specs: FieldSpec[]): IDataObject {
		return this.asBody(specs, (spec) => this.option(spec));
	}

	private asBody(specs: FieldSpec[], read: (spec: FieldSpec) => unknown): IDataObject {
		const body: IDataObject = {};
		for (const spec of specs) {
			const part = read(spec) as IDataObject | undefined;
			if (spec.diditName !== undefined && !isEmptyPart(part)) body[spec.diditName] = part;
		}
		return body;
	}

	/** Whether there is anything in a field. */
	isFilled(spec: FieldSpec): boolean {
		const value = valueOfLocator(this.parameter(spec.name));
		return !isNothing(value) && !isEmptyPart(value);
	}

	/** Whether the builder left it to an expression, whatever it gives. */
	isExpression({ name }: FieldSpec): boolean {
		return isExpression(valueOfLocator(this.run.parameters.node.parameters[name]));
	}

	/** Whether an AI agent runs the node as its tool. n8n makes a node type of its own for that. */
	get forAgent(): boolean {
		return this.run.parameters.node.type.endsWith('Tool');
	}

	/** @throws InputError if one field is empty; `advice` says what to do */
	refuseEmpty(spec: FieldSpec, advice = spec.ask): never {
		throw new InputError(`'${spec.label}' is empty`, advice);
	}

	/**
	 * A file by a link of Didit's response, without the credential.
	 * @throws DiditError if the link doesn't give one
	 */
	async download(link: string): ReturnType<typeof downloadFile> {
		const { queue, limits } = this.run;
		return await downloadFile(this.context, queue, link, this.client.url, limits);
	}

	/**
	 * Sends a request, again after a lost response if the operation only reads or the request says that it may.
	 * @throws DiditError if Didit doesn't respond with a 2xx status
	 */
	async request(request: DiditRequest): Promise<Answer> {
		const { queue, limits, operation } = this.run;
		const repeatable = request.repeatable ?? (operation.effect === 'reads' || undefined);
		const { fields, options = [] } = operation;
		const labels = () => labelsOf([...fields, ...options]);
		return await diditRequest(this.client, queue, { ...request, repeatable, labels }, limits);
	}
}

// What an operation is, and what it is given for one item.
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { diditRequest } from '../transport';
import { downloadFile } from '../transport/download';
import { plainText } from './input';
import type {
	Account,
	Answer,
	Authentication,
	DiditRequest,
	Flow,
	RequestLimits,
} from '../transport';

export interface Operation {
	/** Its row in the Operation list. */
	option: INodePropertyOptions;
	/** Its fields. The router shows them for this operation only. */
	fields: INodeProperties[];
	/** Its own options, beside those that every operation has. */
	options?: INodeProperties[];
	/** The kind of credential that it needs, if it does not work with both. */
	needs?: Authentication;
	/** For operations that an AI agent may not simply use: `ifAllowed` needs the builder's permission, `never` makes no sense for it. */
	agent?: 'ifAllowed' | 'never';
	/** What it does for one item. It returns what comes out; the router links it to the item. */
	execute: (call: ItemCall) => Promise<INodeExecutionData[]>;
}

/** One item of the input, with the credential as this item resolves it. */
export class ItemCall {
	constructor(
		readonly context: IExecuteFunctions,
		readonly item: number,
		readonly account: Account,
		private readonly flow: Flow,
		private readonly limits: RequestLimits,
		private readonly fields: INodeProperties[] = [],
	) {}

	param(name: string, fallback?: unknown): unknown {
		return this.context.getNodeParameter(name, this.item, fallback);
	}

	/** A text parameter without white space around it. @throws InputError if an expression gives something that is no text */
	text(name: string): string {
		return plainText(this.param(name, ''), this.label(name));
	}

	/** What the screen calls a parameter. */
	private label(name: string): string {
		return this.fields.find((field) => field.name === name)?.displayName ?? name;
	}

	/** The ID that a list or a person chose. */
	id(name: string): string {
		return plainText(
			this.context.getNodeParameter(name, this.item, '', { extractValue: true }),
			this.label(name),
		);
	}

	isOn(name: string): boolean {
		return this.param(name, false) === true;
	}

	/** Whether an AI agent runs the node as its tool. n8n makes a node type of its own for that. */
	get forAgent(): boolean {
		return this.context.getNode().type.endsWith('Tool');
	}

	collection(name: string): IDataObject {
		return this.param(name, {}) as IDataObject;
	}

	/**
	 * A file by a link of Didit's answer, without the credential.
	 * @throws DiditError if the link does not give one
	 */
	async download(link: string): ReturnType<typeof downloadFile> {
		return await downloadFile(this.context, this.flow, link, this.account.url, this.limits);
	}

	/** @throws DiditError if Didit does not answer with a 2xx status */
	async request(request: DiditRequest): Promise<Answer> {
		return await diditRequest(this.account, this.flow, request, this.limits);
	}
}

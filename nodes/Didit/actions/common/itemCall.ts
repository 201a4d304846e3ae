// What an operation is given for one item: its parameters, and the way to Didit with the credential as this item resolves it.
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { diditRequest } from '../../transport/request';
import { downloadFile } from '../../transport/download';
import { plainText } from './checks';
import type { DiditClient } from '../../transport/client';
import type { RequestQueue } from '../../transport/requestQueue';
import type { Answer, DiditRequest, RequestLimits } from '../../transport/types';

/** One item of the input, with the credential as this item resolves it. */
export class ItemCall {
	constructor(
		readonly context: IExecuteFunctions,
		readonly item: number,
		readonly client: DiditClient,
		private readonly queue: RequestQueue,
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
		return await downloadFile(this.context, this.queue, link, this.client.url, this.limits);
	}

	/** @throws DiditError if Didit does not answer with a 2xx status */
	async request(request: DiditRequest): Promise<Answer> {
		return await diditRequest(this.client, this.queue, request, this.limits);
	}
}

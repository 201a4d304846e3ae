/** A chat model on loopback that follows a script: it calls the tool that a test wants, and repeats what the tool said. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

interface Message {
	role: string;
	content: unknown;
}

export interface Tool {
	type: string;
	function: {
		name: string;
		description: string;
		parameters: { properties?: Record<string, unknown> };
	};
}

interface ChatRequest {
	messages: Message[];
	tools?: Tool[];
	stream?: boolean;
}

export interface ToolModel {
	url: string;
	/** What n8n offered it, in the order of the calls. */
	offered: Tool[][];
	/** What the tools answered. */
	answers: string[];
	/** The tool to call next, and with what. */
	call(name: string, parameters: object): void;
	stop(): void;
}

/** OpenAI's chat completions, as much of them as n8n's agent uses. */
export async function startToolModel(): Promise<ToolModel> {
	const offered: Tool[][] = [];
	const answers: string[] = [];
	let next: { name: string; parameters: object } | undefined;

	const reply = ({ messages, tools = [] }: ChatRequest) => {
		offered.push(tools);
		const last = messages.at(-1);
		if (last?.role === 'tool') {
			const said = typeof last.content === 'string' ? last.content : JSON.stringify(last.content);
			answers.push(said);
			return { role: 'assistant', content: `The tool says: ${said}` };
		}
		if (!next) return { role: 'assistant', content: 'No tool was asked for.' };
		const wanted = {
			id: 'call_1',
			type: 'function',
			function: { name: next.name, arguments: JSON.stringify(next.parameters) },
		};
		return { role: 'assistant', content: null, tool_calls: [wanted] };
	};

	const answer = async (request: IncomingMessage, response: ServerResponse) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const asked = JSON.parse(Buffer.concat(chunks).toString()) as ChatRequest;
		const message = reply(asked);
		const finish_reason = 'tool_calls' in message ? 'tool_calls' : 'stop';
		const common = {
			id: 'chat-1',
			created: 1,
			model: 'scripted',
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
		if (!asked.stream) {
			response.writeHead(200, { 'content-type': 'application/json' });
			return void response.end(
				JSON.stringify({
					...common,
					object: 'chat.completion',
					choices: [{ index: 0, message, finish_reason }],
				}),
			);
		}
		const delta =
			'tool_calls' in message
				? { ...message, tool_calls: message.tool_calls?.map((one, index) => ({ index, ...one })) }
				: message;
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		response.write(
			`data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`,
		);
		response.end('data: [DONE]\n\n');
	};

	const server = createServer((request, response) => void answer(request, response)).listen(
		0,
		'127.0.0.1',
	);
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		offered,
		answers,
		call: (name, parameters) => void (next = { name, parameters }),
		stop: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

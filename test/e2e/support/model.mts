/** A chat model that follows a script, behind the address of an OpenAI-compatible API: it asks for one tool after the other and then repeats what they said. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Message {
	role: string;
	content: string;
}

interface Tool {
	function: {
		name: string;
		description: string;
		parameters: { properties: Record<string, unknown> };
	};
}

export interface ScriptedModel {
	url: string;
	/** What the tools are called and take, as the model was told. */
	tools: Tool[];
	/** What the tools answered, as the model got it. */
	answers: string[];
	close(): void;
}

export async function startModel(
	calls: Array<{ tool: string; input: object }>,
): Promise<ScriptedModel> {
	const model: ScriptedModel = { url: '', tools: [], answers: [], close: () => server.close() };
	const server = createServer((request, response) => {
		let text = '';
		request
			.setEncoding('utf8')
			.on('data', (piece: string) => (text += piece))
			.on('end', () => {
				const {
					messages,
					tools = [],
					stream,
				} = JSON.parse(text || '{}') as { messages: Message[]; tools?: Tool[]; stream?: boolean };
				model.tools = tools;
				const said = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
				const next = calls.at(said.length);
				const asks = next && [
					{
						id: `call_${said.length}`,
						type: 'function',
						index: 0,
						function: { name: next.tool, arguments: JSON.stringify(next.input) },
					},
				];
				const message = {
					role: 'assistant',
					content: asks ? null : `The tools say: ${said.join(' ')}`,
					...(asks && { tool_calls: asks }),
				};
				model.answers = said;
				const finish_reason = asks ? 'tool_calls' : 'stop';
				const answer = {
					id: 'chatcmpl-1',
					created: 1,
					model: 'scripted',
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				};
				if (stream) {
					response.writeHead(200, { 'content-type': 'text/event-stream' });
					response.end(
						`data: ${JSON.stringify({ ...answer, object: 'chat.completion.chunk', choices: [{ index: 0, delta: message, finish_reason }] })}\n\ndata: [DONE]\n\n`,
					);
				} else {
					response.writeHead(200, { 'content-type': 'application/json' });
					response.end(
						JSON.stringify({
							...answer,
							object: 'chat.completion',
							choices: [{ index: 0, message, finish_reason }],
						}),
					);
				}
			});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	model.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
	return model;
}

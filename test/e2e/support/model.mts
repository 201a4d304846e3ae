/** A chat model on the loopback address that follows a script, behind OpenAI's chat completions: it calls one tool after the other, and then repeats what they said. */
import Fastify from 'fastify';

interface Message {
	role: string;
	content: unknown;
}

export interface Tool {
	function: {
		name: string;
		description: string;
		parameters: { properties: Record<string, unknown> };
	};
}

interface ChatRequest {
	messages: Message[];
	tools?: Tool[];
	stream?: boolean;
}

export interface ScriptedModel {
	url: string;
	/** The tools to call, in this order, and with what. */
	calls: Array<{ tool: string; input: object }>;
	/** What the tools are called and take, as the model was last told. */
	tools: Tool[];
	/** What the tools answered in the last conversation, as the model got it. */
	answers: string[];
	close(): Promise<void>;
}

export async function startModel(calls: ScriptedModel['calls'] = []): Promise<ScriptedModel> {
	const server = Fastify({ forceCloseConnections: true });
	const model: ScriptedModel = {
		url: '',
		calls,
		tools: [],
		answers: [],
		close: async () => await server.close(),
	};
	server.post<{ Body: ChatRequest }>('/v1/chat/completions', (request, reply) => {
		const { messages, tools = [], stream } = request.body;
		const said = messages
			.filter(({ role }) => role === 'tool')
			.map(({ content }) => textOf(content));
		Object.assign(model, { tools, answers: said });
		const next = model.calls.at(said.length);
		const call = next && {
			id: `call_${said.length}`,
			type: 'function',
			index: 0,
			function: { name: next.tool, arguments: JSON.stringify(next.input) },
		};
		const message = {
			role: 'assistant',
			content: call ? null : `The tools say: ${said.join(' ')}`,
			...(call && { tool_calls: [call] }),
		};
		const finish_reason = call ? 'tool_calls' : 'stop';
		const answer = {
			id: 'chat-1',
			created: 1,
			model: 'scripted',
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
		if (!stream)
			return reply.send({
				...answer,
				object: 'chat.completion',
				choices: [{ index: 0, message, finish_reason }],
			});
		const chunk = {
			...answer,
			object: 'chat.completion.chunk',
			choices: [{ index: 0, delta: message, finish_reason }],
		};
		return reply
			.type('text/event-stream')
			.send(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
	});
	model.url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/v1`;
	return model;
}

const textOf = (content: unknown): string =>
	typeof content === 'string' ? content : JSON.stringify(content);

/** n8n's own MCP server, through which AI assistants build workflows, called with the official client library. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { n8n, world } from './world.mts';

export class Assistant {
	private constructor(private readonly client: Client) {}

	/** Switches the server on and connects, as the owner. */
	static async connect(): Promise<Assistant> {
		await n8n.patch('/rest/mcp/settings', { mcpAccessEnabled: true });
		const { apiKey } = await n8n.get<{ apiKey: string }>('/rest/mcp/api-key');
		const client = new Client({ name: 'n8n-nodes-didit tests', version: '1.0.0' });
		await client.connect(
			new StreamableHTTPClientTransport(new URL(`${world.n8n.url}/mcp-server/http`), {
				requestInit: { headers: { authorization: `Bearer ${apiKey}` } },
			}),
		);
		return new Assistant(client);
	}

	/** What a tool answers, as the text that a model reads. Throws what the tool calls an error. */
	async text(tool: string, parameters: Record<string, unknown>): Promise<string> {
		const { content, isError } = await this.client.callTool({ name: tool, arguments: parameters });
		const text = (content as Array<{ text?: string }>).map((part) => part.text ?? '').join('\n');
		if (isError === true) throw new Error(`${tool}: ${text}`);
		return text;
	}

	async call<T>(tool: string, parameters: Record<string, unknown>): Promise<T> {
		return JSON.parse(await this.text(tool, parameters)) as T;
	}

	async close(): Promise<void> {
		await this.client.close();
	}
}

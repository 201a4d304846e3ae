/** The ways to create sessions that are compared: this node, and what a builder or programmer would use without it. */
import type { N8nClient, Stored, WorkflowNode } from '../../harness/n8n/client.mts';
import { secretCredential, type SandboxAccess } from '../../harness/n8n/credentials.mts';
import { node as nodeOf } from '../../harness/n8n/workflow.mts';

/** The fields of the session: two that are fixed, and one with an expression, as in the examples. */
const FEATURES = 'OCR + FACE';
const CALLBACK = 'https://shop.example/welcome';
const USER = '={{ $json.user }}';
/** In its place where nothing has to be evaluated. */
export const FIXED_USER = 'user-1';

export type Server = Pick<SandboxAccess, 'url' | 'clientId' | 'clientSecret'>;

/** A node with a credential of its own, so that its first run has no token yet. */
export type Contender = (client: N8nClient, server: Server) => Promise<WorkflowNode>;

let credentials = 0;

const saveDidit = async (client: N8nClient, server: Server): Promise<Stored> =>
	await client.saveCredential('diditApi', `Didit ${credentials++}`, secretCredential(server));

/** @param options as in the node's Options; none are the defaults */
export const thisNode =
	(options: Record<string, unknown> = {}, user = USER): Contender =>
	async (client, server) => {
		const diditApi = await saveDidit(client, server);
		const parameters = {
			resource: 'session',
			operation: 'create',
			features: FEATURES,
			callback: CALLBACK,
			vendorData: user,
			options,
		};
		return {
			...nodeOf('Create', 'n8n-nodes-didit.didit', 1, parameters, { diditApi }),
			onError: 'continueRegularOutput',
		};
	};

/** n8n's HTTP Request node with its OAuth2 credential (client credentials), both with their default settings. */
export const httpRequest =
	(user = USER): Contender =>
	async (client, { url, clientId, clientSecret }) => {
		const oAuth2Api = await client.saveCredential('oAuth2Api', `OAuth2 ${credentials++}`, {
			grantType: 'clientCredentials',
			accessTokenUrl: `${url}/auth/v2/token/`,
			clientId,
			clientSecret,
			scope: '',
			authentication: 'header',
		});
		const fields = { features: FEATURES, callback: CALLBACK, vendor_data: user };
		const parameters = {
			method: 'POST',
			url: `${url}/v1/session/`,
			authentication: 'genericCredentialType',
			genericAuthType: 'oAuth2Api',
			sendBody: true,
			bodyParameters: {
				parameters: Object.entries(fields).map(([name, value]) => ({ name, value })),
			},
			options: {},
		};
		return {
			...nodeOf('Create', 'n8n-nodes-base.httpRequest', 4.5, parameters, { oAuth2Api }),
			onError: 'continueRegularOutput',
		};
	};

/**
 * n8n's HTTP helper in a loop, with nothing around it.
 * @param width how many requests are under way at once
 * @param user an expression that n8n evaluates for each item; nothing is evaluated without it
 */
export const bareHelper =
	(width: number, user = ''): Contender =>
	async (_client, { url }) =>
		await Promise.resolve(
			nodeOf('Create', 'n8n-nodes-bench.bare', 1, { url, call: 'create', width, value: user }),
		);

/**
 * The shortest loop that does the same as this node: n8n signs each request with the credential, which is read once, and a
 * request has a time limit and follows no redirect. It checks nothing.
 */
export const shortestLoop =
	(width: number, user = USER): Contender =>
	async (client, server) => {
		const value = user === FIXED_USER ? '' : user;
		const parameters = { url: server.url, call: 'create', width, value };
		const diditApi = await saveDidit(client, server);
		return nodeOf('Create', 'n8n-nodes-bench.bare', 1, parameters, { diditApi });
	};

/** What a builder would give the HTTP Request node for Didit's API key. */
export const headerAuth = async (client: N8nClient, apiKey: string): Promise<Stored> =>
	await client.saveCredential('httpHeaderAuth', 'API key', { name: 'x-api-key', value: apiKey });

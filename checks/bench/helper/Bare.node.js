// The limit: n8n's HTTP helper in a loop of fixed width. With a credential it does the same as a node that people can trust with
// one: n8n signs each request, which has a time limit and follows no redirect. Without one, the token is got once for the life
// of the process.
const describe = require('./describe.js');

const tokens = new Map();

/** What is sent for an item, given its value. A download is two requests, as the node names the file after the session. */
const CALLS = {
	create: {
		method: 'POST',
		path: () => '/v1/session/',
		body: (user) => ({
			features: 'OCR + FACE',
			callback: 'https://shop.example/welcome',
			vendor_data: user,
		}),
	},
	get: { method: 'GET', path: (session) => `/v3/session/${session}/decision/` },
	aml: { method: 'POST', path: () => '/v3/aml/', body: (name) => ({ full_name: name }) },
	pdf: {
		method: 'GET',
		path: (session) => `/v3/session/${session}/decision/`,
		file: (session) => `/v3/session/${session}/generate-pdf/`,
	},
};

module.exports.Bare = class {
	description = {
		...describe('Bare', [
			['url', 'string'],
			['call', 'string'],
			['width', 'number'],
			['value', 'string'],
		]),
		credentials: [{ name: 'diditApi', required: false }],
	};

	async execute() {
		const url = this.getNodeParameter('url', 0);
		const { method, path, body, file } = CALLS[this.getNodeParameter('call', 0)];
		const width = this.getNodeParameter('width', 0);
		const evaluates = this.getNodeParameter('value', 0) !== '';
		const send = this.getNode().credentials?.diditApi
			? await signed(this)
			: await unsigned(this, url);
		const items = this.getInputData();
		const results = new Array(items.length);
		let next = 0;
		const work = async () => {
			while (next < items.length) {
				const item = next++;
				const value = evaluates ? this.getNodeParameter('value', item) : items[item].json.user;
				const bytes =
					file &&
					(await send({
						method,
						url: `${url}${file(value)}`,
						encoding: 'arraybuffer',
						json: false,
					}));
				const json = await send({
					method,
					url: `${url}${path(value)}`,
					...(body && { body: body(value) }),
					json: true,
				});
				results[item] = { json, pairedItem: { item } };
				if (bytes)
					results[item].binary = {
						data: await this.helpers.prepareBinaryData(bytes, `${value}.pdf`, 'application/pdf'),
					};
			}
		};
		await Promise.all(Array.from({ length: width }, work));
		return [results];
	}
};

async function unsigned(context, url) {
	if (!tokens.has(url)) {
		const answer = await context.helpers.httpRequest({
			method: 'POST',
			url: `${url}/auth/v2/token/`,
			auth: { username: 'bench', password: 'bench' },
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: 'grant_type=client_credentials',
		});
		tokens.set(url, answer.access_token);
	}
	const headers = {
		Authorization: `Bearer ${tokens.get(url)}`,
		'Content-Type': 'application/json',
	};
	return async (request) => await context.helpers.httpRequest({ ...request, headers });
}

async function signed(context) {
	const { id, name } = context.getNode().credentials.diditApi;
	const data = await context.getCredentials('diditApi', 0);
	const credentialsDecrypted = { id, name, type: 'diditApi', data };
	return async (request) => {
		const answer = await context.helpers.httpRequestWithAuthentication.call(
			context,
			'diditApi',
			{
				...request,
				timeout: 30_000,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			},
			{ credentialsDecrypted },
		);
		return answer.body;
	};
}

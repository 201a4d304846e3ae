// The limit: n8n's HTTP helper in a loop of fixed width. With a credential it does the same as a node that people can trust with
// one: n8n signs each request, which has a time limit and follows no redirect. Without one, the token is got once for the life
// of the process.
const describe = require('./describe.js');

const tokens = new Map();

module.exports.Bare = class {
	description = {
		...describe('Bare', [
			['url', 'string'],
			['width', 'number'],
			['user', 'string'],
		]),
		credentials: [{ name: 'diditApi', required: false }],
	};

	async execute() {
		const url = this.getNodeParameter('url', 0);
		const width = this.getNodeParameter('width', 0);
		const evaluates = this.getNodeParameter('user', 0) !== '';
		const send = this.getNode().credentials?.diditApi
			? await signed(this)
			: await unsigned(this, url);
		const items = this.getInputData();
		const results = new Array(items.length);
		let next = 0;
		const work = async () => {
			while (next < items.length) {
				const item = next++;
				const user = evaluates ? this.getNodeParameter('user', item) : items[item].json.user;
				const body = {
					features: 'OCR + FACE',
					callback: 'https://shop.example/welcome',
					vendor_data: user,
				};
				const json = await send({ method: 'POST', url: `${url}/v1/session/`, body, json: true });
				results[item] = { json, pairedItem: { item } };
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

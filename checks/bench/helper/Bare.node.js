// The limit: n8n's HTTP helper in a loop of fixed width, with a token that is got once for the life of the process.
const describe = require('./describe.js');

const tokens = new Map();

module.exports.Bare = class {
	description = describe('Bare', [
		['url', 'string'],
		['width', 'number'],
		['user', 'string'],
	]);

	async execute() {
		const url = this.getNodeParameter('url', 0);
		const width = this.getNodeParameter('width', 0);
		const evaluates = this.getNodeParameter('user', 0) !== '';
		if (!tokens.has(url)) {
			const answer = await this.helpers.httpRequest({
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
				results[item] = {
					json: await this.helpers.httpRequest({
						method: 'POST',
						url: `${url}/v1/session/`,
						headers,
						body,
						json: true,
					}),
					pairedItem: { item },
				};
			}
		};
		await Promise.all(Array.from({ length: width }, work));
		return [results];
	}
};

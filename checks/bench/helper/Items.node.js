// As many items as are asked for, each with the IDs of an invented user and session.
const describe = require('./describe.js');

module.exports.Items = class {
	description = describe('Items', [['count', 'number']]);

	async execute() {
		const count = this.getNodeParameter('count', 0);
		return [
			Array.from({ length: count }, (_, item) => ({
				json: {
					user: `user-${item}`,
					session: `11111111-2222-4333-8444-${String(item).padStart(12, '0')}`,
				},
				pairedItem: { item: 0 },
			})),
		];
	}
};

// As many items as are asked for, each with the ID of an invented user.
const describe = require('./describe.js');

module.exports.Items = class {
	description = describe('Items', [['count', 'number']]);

	async execute() {
		const count = this.getNodeParameter('count', 0);
		return [
			Array.from({ length: count }, (_, item) => ({
				json: { user: `user-${item}` },
				pairedItem: { item: 0 },
			})),
		];
	}
};

// Gives every item a picture of that many bytes, which n8n keeps where it keeps files.
const { Buffer } = require('node:buffer');
const describe = require('./describe.js');

module.exports.Files = class {
	description = describe('Files', [['bytes', 'number']]);

	async execute() {
		const picture = Buffer.alloc(this.getNodeParameter('bytes', 0), 'nobody ');
		Buffer.from('ffd8ffe0', 'hex').copy(picture);
		const items = [];
		for (const { json } of this.getInputData())
			items.push({
				json,
				binary: {
					data: await this.helpers.prepareBinaryData(picture, 'picture.jpg', 'image/jpeg'),
				},
				pairedItem: { item: items.length },
			});
		return [items];
	}
};

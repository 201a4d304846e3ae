// What n8n wants to know of a node, with as little as it takes.

/** @param properties parameters as [name, type] */
module.exports = (name, properties = []) => ({
	displayName: `Bench ${name}`,
	name: name.toLowerCase(),
	group: ['transform'],
	version: 1,
	description: 'Used by the benchmarks only',
	defaults: { name },
	inputs: ['main'],
	outputs: ['main'],
	properties: properties.map(([property, type]) => ({
		displayName: property,
		name: property,
		type,
		default: type === 'number' ? 0 : '',
	})),
});

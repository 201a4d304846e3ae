/**
 * Parameters are read as seldom as possible, and every item still gets exactly what n8n would give it if each were read anew.
 * n8n's own context evaluates them.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MANUAL_TRIGGER } from '../support/n8n.mts';
import { ExecuteContext } from 'n8n-core';
import { Workflow, createRunExecutionData } from 'n8n-workflow';
import type {
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeProperties,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
	NodeParameterValueType,
} from 'n8n-workflow';
import { Parameters } from '../../nodes/Didit/actions/common/parameters.ts';

const text = (name: string): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
});

/** Of each type that the node has, and one that holds anything. */
const PROPERTIES: INodeProperties[] = [
	text('text'),
	{ ...text('json'), type: 'json' },
	{ ...text('anything'), type: 'hidden' },
	{ ...text('hiddenByText'), displayOptions: { show: { text: ['shown'] } } },
	{ ...text('withDefault'), default: 'as it comes' },
	{
		...text('locator'),
		type: 'resourceLocator',
		default: { mode: 'id', value: '' },
		modes: [{ displayName: 'ID', name: 'id', type: 'string' }],
	},
	{
		...text('collection'),
		type: 'collection',
		default: {},
		options: [
			text('one'),
			{ ...text('inner'), type: 'collection', default: {}, options: [text('two'), text('three')] },
		],
	},
	{
		...text('pairs'),
		type: 'fixedCollection',
		default: {},
		typeOptions: { multipleValues: true },
		options: [{ displayName: 'Pair', name: 'pair', values: [text('name'), text('value')] }],
	},
];

const NAMES = [...PROPERTIES.map(({ name }) => name), 'notThere'];

/** Expressions, and what only looks like one. */
const leaf = fc.oneof(
	fc.constantFrom(
		'={{ $json.user }}',
		'=user {{ $json.user }} of {{ $itemIndex }}',
		'={{ $itemIndex }}',
		'={{ $json.details }}',
		'={{ $json.missing }}',
		'=',
		'=fixed',
	),
	fc.constantFrom('{{ $json.user }}', ' ={{ $json.user }}', '$json.user', 'shown', ''),
	fc.string({ maxLength: 5 }),
	fc.constantFrom(0, 42, true, false, null),
) as fc.Arbitrary<NodeParameterValueType>;

const { tree } = fc.letrec<{ tree: NodeParameterValueType }>((tie) => ({
	tree: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		leaf,
		fc.array(tie('tree'), { maxLength: 3 }) as fc.Arbitrary<NodeParameterValueType>,
		fc.dictionary(fc.constantFrom('a', 'b', '=c'), tie('tree'), {
			maxKeys: 3,
		}) as fc.Arbitrary<NodeParameterValueType>,
	),
}));

const some = (fields: Record<string, fc.Arbitrary<unknown>>) =>
	fc.record(fields, { requiredKeys: [] });

const parameters = some({
	text: leaf,
	json: leaf,
	anything: tree,
	hiddenByText: leaf,
	withDefault: leaf,
	locator: fc.oneof(leaf, fc.record({ mode: fc.constant('id'), value: leaf })),
	collection: fc.oneof(
		fc.constant('={{ $json.details }}'),
		some({ one: leaf, inner: some({ two: leaf, three: tree }) }),
	),
	pairs: some({ pair: fc.array(some({ name: leaf, value: tree }), { maxLength: 3 }) }),
}) as fc.Arbitrary<INodeParameters>;

const ITEMS = 6;
const items: INodeExecutionData[] = Array.from({ length: ITEMS }, (_, item) => ({
	json: { user: `user-${item}`, details: { one: `of ${item}`, list: [item] } },
}));

/** n8n's context of a node with these parameters, and how often each parameter of it was read. */
function contextOf(given: INodeParameters) {
	const node: INode = { ...MANUAL_TRIGGER, id: 'node', name: 'Node', parameters: given };
	const type = {
		description: { ...text('node'), version: 1, group: [], properties: PROPERTIES },
	};
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const own = workflow.getNode('Node') as INode;
	const context = new ExecuteContext(
		workflow,
		own,
		{
			variables: {},
			webhookWaitingBaseUrl: 'http://n8n',
			formWaitingBaseUrl: 'http://n8n',
		} as IWorkflowExecuteAdditionalData,
		'manual',
		createRunExecutionData({}),
		0,
		items,
		{ main: [items] },
		{ node, data: { main: [items] }, source: null },
		[],
	);
	const reads = new Map<string, number>();
	const original = context.getNodeParameter;
	const counted: typeof context.getNodeParameter = (name: string, ...rest: [number]) => {
		reads.set(name, (reads.get(name) ?? 0) + 1);
		return original(name, ...rest) as never;
	};
	return {
		context: Object.assign(context, { getNodeParameter: counted }),
		node: own,
		reads,
		original,
	};
}

it('gives every item what n8n would give it if each parameter were read anew', () => {
	const order = fc.shuffledSubarray([...Array(ITEMS).keys()], { minLength: ITEMS });
	fc.assert(
		fc.property(parameters, order, (given, items) => {
			const { context, original, reads } = contextOf(given);
			const shared = new Parameters(context);
			for (const name of NAMES) {
				for (const item of items) {
					const read = shared.of(item);
					const anew = original(name, item, '');
					assert.deepEqual(read(name), anew);
					assert.deepEqual(read(name), anew);
				}
				const isSame = !JSON.stringify(context.getNode().parameters[name] ?? '').includes('"=');
				if (isSame) assert.equal(reads.get(name), 1);
				else assert.ok([1, ITEMS].includes(reads.get(name) ?? 0));
			}
		}),
		{ numRuns: 500 },
	);
});

it('evaluates an expression once for each item, however often the operation reads it', () => {
	const { context, reads } = contextOf({ collection: { inner: { two: '={{ $json.user }}' } } });
	const shared = new Parameters(context);
	for (let item = 0; item < ITEMS; item++) {
		const read = shared.of(item);
		for (let again = 0; again < 3; again++)
			expect(read('collection')).toEqual({ inner: { two: `user-${item}` } });
	}
	assert.equal(reads.get('collection'), ITEMS);
});

it('lets no item change what the others read', () => {
	const { context, node } = contextOf({ pairs: { pair: [{ name: 'a', value: 'b' }] } });
	const shared = new Parameters(context);
	const pairs = shared.of(0)('pairs') as { pair: Array<Record<string, string>> };
	expect(() => pairs.pair.push({})).toThrow('not extensible');
	expect(() => (pairs.pair[0].name = 'changed')).toThrow('read only');
	expect(shared.of(1)('pairs')).toEqual({ pair: [{ name: 'a', value: 'b' }] });
	expect(Object.isFrozen(node.parameters.pairs)).toBe(false);
});

it("leaves an item's own data as it is where an expression gives it", () => {
	const { context } = contextOf({ text: '={{ $json.details }}' });
	const shared = new Parameters(context);
	expect(shared.of(2)('text')).toEqual({ one: 'of 2', list: [2] });
	expect(Object.isFrozen(items[2].json.details)).toBe(false);
});

// The node as the tool of an AI agent: what an agent may do, who decides that, and what it gets to see.
import nock from 'nock';
import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';
import approved from '../fixtures/v3_decision_approved_200.json';
import { Didit } from '../../nodes/Didit/Didit.node.ts';
import { agentGuard, guarded } from '../../nodes/Didit/actions/guards.ts';
import { RESOURCES } from '../../nodes/Didit/actions/resources.ts';
import type { ItemCall } from '../../nodes/Didit/actions/common/itemCall.ts';
import { didit, endDidit, paged } from '../support/didit.mts';
import { expectAll } from '../support/operations.mts';
import { ON, PARAMETERS as SHARED } from '../support/parameters.mts';
import { ID, id, runner } from '../support/run.mts';

/** What each guarded operation is given here. One that isn't listed fails the first test below. */
const PARAMETERS: Record<string, INodeParameters> = {
	...SHARED,
	'session create': {},
	'transaction create': {
		transactionId: 'order-1042',
		amount: '25.50',
		currency: 'EUR',
		vendorData: 'user-42',
		fullName: 'Nora Sample',
	},
	'check aml': { fullName: 'Nora Sample' },
};

const OPERATIONS = RESOURCES.flatMap((resource) =>
	resource.operations.map((operation) => ({
		resource: String(resource.option.value),
		operation: String(operation.option.value),
		effect: operation.effect,
		guard: agentGuard(operation),
	})),
);
const named = (guard: string): Array<[resource: string, operation: string]> =>
	OPERATIONS.filter((one) => one.guard === guard).map(({ resource, operation }) => [
		resource,
		operation,
	]);

/** Operations that write, decide or delete. */
const GUARDED = named('ifAllowed').map(
	([resource, operation]): [string, string, INodeParameters] => [
		resource,
		operation,
		PARAMETERS[`${resource} ${operation}`],
	],
);

/** Operations that return files, or wait. */
const NOT_FOR_AGENTS = named('never');

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const permission = (resource: string, operation: string) =>
	`allowAgentTo${capitalized(operation)}${capitalized(resource)}`;

it('lets agents read only: every other operation is guarded, and tried here', () => {
	for (const { effect, guard } of OPERATIONS) {
		if (guard === 'free') expect(effect).toBe('reads');
	}
	expectAll(
		Object.keys(PARAMETERS),
		'PARAMETERS in test/support/parameters.mts',
		named('ifAllowed').map((names) => ({ name: names.join(' ') })),
	);
});

/** Any call but a GET is a change. */
function everything() {
	const changes: string[] = [];
	nock('http://didit.test')
		.persist()
		.get(/./)
		.reply(200, {
			...approved,
			aml_screenings: [{ node_id: 'feature_aml_1', status: 'In Review', hits: [{ id: ID }] }],
			uuid: ID,
			didit_internal_id: id(1),
			count: 0,
			next: null,
			results: [],
		});
	for (const method of ['post', 'patch', 'delete'] as const) {
		const didit = nock('http://didit.test').persist();
		didit[method](/./).reply((path) => {
			changes.push(`${method} ${path}`);
			return [
				200,
				{
					session_id: ID,
					share_token: 'x',
					uuid: ID,
					didit_internal_id: id(1),
					status: 'ACTIVE',
					deleted: 1,
					url: 'https://verify.didit.me/session/x',
				},
			];
		});
	}
	return changes;
}

beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

describe.each(GUARDED)('%s %s', (resource, operation, parameters) => {
	const run = runner(resource, operation, { ...ON, ...parameters });

	it('is not done by an agent that the builder did not allow it [T54]', async () => {
		const changes = everything();
		const { error } = await run({}, { tool: true });
		expect(error?.message).toMatch(/^AI agents aren't allowed to use '/);
		expect(error?.message).toContain("'Allow AI Agents to Run This Operation'");
		expect(changes).toEqual([]);
	});

	it.each([
		'={{ true }}',
		'={{ $json.allow }}',
		"={{ $fromAI('allow', '', 'boolean') }}",
		'true',
		1,
	])(
		'is not done if the permission is %j, which an agent could have given [T55]',
		async (allowAgent) => {
			const changes = everything();
			const { error } = await run(
				{ [permission(resource, operation)]: allowAgent },
				{ tool: true, input: [{ json: { allow: true } }] },
			);
			expect(error).toBeDefined();
			expect(changes).toEqual([]);
		},
	);

	it('is done by an agent that the builder allowed it', async () => {
		const changes = everything();
		const allowed = { [permission(resource, operation)]: true };
		const { error } = await run(allowed, { tool: true });
		expect(error).toBeUndefined();
		expect(changes).not.toEqual([]);
	});

	it("isn't done with the permission for another operation", async () => {
		const changes = everything();
		const others = GUARDED.filter((one) => one[0] !== resource || one[1] !== operation);
		const given = Object.fromEntries(others.map(([of, to]) => [permission(of, to), true]));
		expect((await run({ ...given, allowAgent: true }, { tool: true })).error).toBeDefined();
		expect(changes).toEqual([]);
	});

	it('needs no permission in a workflow without an agent', async () => {
		const changes = everything();
		expect((await run()).error).toBeUndefined();
		expect(changes).not.toEqual([]);
	});
});

it.each(NOT_FOR_AGENTS)(
	"%s %s is not for agents, which get no files and don't wait",
	async (resource, operation) => {
		const allowed = { [permission(resource, operation)]: true, allowAgent: true };
		const { error } = await runner(resource, operation, ON)(allowed, { tool: true });
		expect(error?.message).toMatch(/^AI agents can't use '/);
	},
);

it('lets an agent read, without links to pictures, empty fields or whole document numbers', async () => {
	didit({ 'session.decision': { body: approved } });
	const { items } = await runner('session', 'get', ON)({}, { tool: true });
	expect(items[0].json).toMatchObject({
		session_id: ID,
		status: 'Approved',
		verified: true,
		document_number: '*****0001',
	});
	expect(Object.values(items[0].json)).not.toContain(null);
	expect(JSON.stringify(items)).not.toContain('media.example.invalid');
});

it('gives an agent no links to pictures even if the raw answer is asked for with them [T56]', async () => {
	didit({ 'session.decision': { body: approved } });
	const { items } = await runner(
		'session',
		'get',
		ON,
	)({ simplify: false, options: { includeMediaLinks: true } }, { tool: true });
	expect(items[0].json.id_verifications).toMatchObject([
		{ first_name: approved.id_verifications[0].first_name },
	]);
	expect(JSON.stringify(items)).not.toContain('media.example.invalid');
});

it('gives an agent whole document numbers only if the builder says so', async () => {
	didit({ 'session.decision': { body: approved } });
	const { items } = await runner(
		'session',
		'get',
		ON,
	)({ options: { maskDocumentNumbers: false } }, { tool: true });
	expect(items[0].json.document_number).toBe(approved.id_verifications[0].document_number);
});

it('tells an agent in the message what to do about an error, because n8n passes on nothing else', async () => {
	didit({ 'user.get': { status: 404, body: { detail: 'Not found.' } } });
	const { error } = await runner('user', 'get', ON)({}, { tool: true });
	expect(error?.message).toMatch(
		/^Not found\. Didit does not know this ID or address\. Check the ID/,
	);
	expect(error).toMatchObject({ httpCode: '404' });
});

it('takes files and links to pictures out of whatever an operation gives', async () => {
	const item = {
		json: {
			link: 'https://files.example.com/a?X-Amz-Signature=1',
			photo: 'https://files.example.com/a.jpg',
			kept: false,
		},
		binary: { data: { data: '', mimeType: 'image/png' } },
	};
	const operation = guarded('session', {
		option: { name: 'Get', value: 'get' },
		about: '',
		effect: 'reads',
		fields: [],
		execute: async () => await Promise.resolve([item]),
	});
	expect(await operation.execute({ forAgent: true } as ItemCall)).toEqual([
		{ json: { kept: false } },
	]);
	expect(await operation.execute({ forAgent: false } as ItemCall)).toEqual([item]);
});

describe('a long list for an agent', () => {
	const row = (index: number) => ({ json: { name: 'x'.repeat(1_000), index } });
	const asked = async (rows: number, forAgent = true) =>
		await guarded('session', {
			option: { name: 'Get Many', value: 'getAll' },
			about: '',
			effect: 'reads',
			fields: [],
			execute: async () => await Promise.resolve(Array.from({ length: rows }, (_, i) => row(i))),
		}).execute({ forAgent } as ItemCall);

	it('is cut, with a word about the rest', async () => {
		const items = await asked(3_000);
		expect(JSON.stringify(items).length).toBeLessThan(22_000);
		expect(items.at(-1)?.json.note).toBe(
			`These are the first ${items.length - 1} of 3000 results. For others, narrow the search with filters or lower the limit.`,
		);
		expect(items.slice(0, -1)).toEqual(Array.from({ length: items.length - 1 }, (_, i) => row(i)));
	});

	it('is whole if a model can read it, and for everyone else', async () => {
		expect(await asked(10)).toHaveLength(10);
		expect(await asked(3_000, false)).toHaveLength(3_000);
	});
});

it('answers "what is the status of user 42?" in one small item', async () => {
	const user = {
		didit_internal_id: id(1),
		vendor_data: 'user-42',
		status: 'ACTIVE',
		approved_count: 1,
		portrait_image_url: 'https://media.example.invalid/p.jpg',
		display_name: null,
	};
	didit({ 'user.get': { body: user }, 'user.list': (call) => paged([user], call) });
	const { items } = await runner('user', 'get', ON)({}, { tool: true });
	expect(items.map(({ json }) => json)).toEqual([
		{ vendor_data: 'user-42', didit_internal_id: id(1), status: 'ACTIVE', approved_count: 1 },
	]);
});

describe('the editor', () => {
	const { description } = new Didit();
	const tool = { ...description, name: `${description.name}Tool` };
	const node = (type: string, parameters: INodeParameters) =>
		({ id: '1', name: 'Didit', type, typeVersion: 1, position: [0, 0], parameters }) as INode;
	const shown = (name: string, of: typeof description, resource: string, operation: string) =>
		of.properties.some(
			(property) =>
				property.name === name &&
				NodeHelpers.displayParameter(
					{ resource, operation },
					property,
					node(of.name, { resource, operation }),
					of,
				),
		);

	it.each(GUARDED)(
		'asks the builder for the permission for %s %s, and only where the node is a tool',
		(resource, operation) => {
			const name = permission(resource, operation);
			expect(shown(name, tool, resource, operation)).toBe(true);
			expect(shown(name, description, resource, operation)).toBe(false);
		},
	);

	it('does not let the permission be an expression, so that no agent fills it in', () => {
		const fields = description.properties.filter(({ name }) => name.startsWith('allowAgent'));
		expect(fields).toHaveLength(GUARDED.length);
		for (const field of fields)
			expect(field).toMatchObject({ noDataExpression: true, default: false });
	});

	it.each(NOT_FOR_AGENTS)('says that %s %s is not for agents', (resource, operation) => {
		expect(shown('agentNotice', tool, resource, operation)).toBe(true);
		expect(shown('agentNotice', description, resource, operation)).toBe(false);
	});

	it('asks for no permission to read', () => {
		expect(named('free').length).toBeGreaterThanOrEqual(10);
		for (const [resource, operation] of named('free')) {
			expect(shown(permission(resource, operation), tool, resource, operation)).toBe(false);
		}
	});
});

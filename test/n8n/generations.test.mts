// Both generations of Didit's API: every Didit node of an example that works with a client ID and secret works with an API key
// too, with the change that docs/guide/moving-to-an-api-key.md describes. The page says which examples those are.
import { readdirSync, readFileSync } from 'node:fs';
import type { INode, INodeParameters } from 'n8n-workflow';
import { findOperation } from '../../nodes/Didit/actions/resources.ts';
import { FEATURE_COMBINATIONS } from '../../nodes/Didit/actions/session/features.ts';
import { apiKey, clientCredentials, runDidit } from '../support/n8n.mts';
import { byId, schemaProblems } from '../support/run.mts';
import { withLocalSandbox } from '../support/sandbox.mts';

const WORKFLOW = 'c0000001-0000-4000-8000-000000000001';
const PAGE = readFileSync('docs/guide/moving-to-an-api-key.md', 'utf8');

interface Example {
	file: string;
	title: string;
	nodes: INode[];
	needsKey: boolean;
}

/** n8n leaves out of the file what is the default. */
const namesOf = ({ parameters }: INode) => ({
	resource: (parameters.resource ?? 'session') as string,
	operation: (parameters.operation ?? 'create') as string,
});
const operationOf = (node: INode) => findOperation(namesOf(node).resource, namesOf(node).operation);

const EXAMPLES: Example[] = readdirSync('examples')
	.filter((file) => file.endsWith('.json'))
	.map((file) => {
		const { name, nodes } = JSON.parse(readFileSync(`examples/${file}`, 'utf8')) as {
			name: string;
			nodes: INode[];
		};
		const didit = nodes.filter(({ type }) => /\.didit(Tool)?$/.test(type));
		const needsKey = nodes.some(
			(node) =>
				(didit.includes(node) &&
					(operationOf(node).needs === 'apiKey' || 'workflowId' in node.parameters)) ||
				(node.type.endsWith('.diditTrigger') && node.parameters.registration !== 'manual'),
		);
		return { file, title: name, nodes: didit, needsKey };
	});
const BOTH = EXAMPLES.filter(({ needsKey }) => !needsKey).flatMap(({ file, nodes }) =>
	nodes.map((node) => ({ file, name: node.name, node })),
);

const sandbox = withLocalSandbox();

const GENERATIONS = [
	'client ID and secret',
	'API key and a workflow',
	"API key and the console's default workflow",
] as const;
type Generation = (typeof GENERATIONS)[number];

const credentialsOf = (generation: Generation) =>
	generation === 'client ID and secret'
		? clientCredentials(sandbox().url, {
				clientId: sandbox().clientId,
				clientSecret: sandbox().clientSecret,
			})
		: apiKey(sandbox().url, { apiKey: sandbox().apiKey });

async function run(generation: Generation, parameters: INodeParameters) {
	const { items, error } = await runDidit(parameters, { credentials: credentialsOf(generation) });
	if (error) throw error;
	return items[0].json;
}

/** What the page says of a node that creates sessions: with an API key a workflow is chosen, or nothing is. */
function moved(generation: Generation, parameters: INodeParameters): INodeParameters {
	if (generation === 'client ID and secret') return parameters;
	const others = { ...parameters };
	delete others.features;
	delete others.workflowId;
	return generation === 'API key and a workflow'
		? { ...others, features: '', workflowId: byId(WORKFLOW) }
		: others;
}

describe.each(GENERATIONS)('with a %s', (generation) => {
	it.each(BOTH)('$name of $file works', async ({ node }) => {
		const { parameters } = node;
		const { resource, operation } = namesOf(node);
		// Waiting is resumed by events and visits, which has tests of its own; the session is what both share.
		const isWait = operation === 'waitForResult';
		const literal = { callback: '', vendorData: `moving-${generation}` };
		const created = await run(generation, {
			resource: 'session',
			operation: 'create',
			...moved(generation, operation === 'create' ? parameters : {}),
			...literal,
			afterVerification: 'redirect',
		});
		expect(created).toMatchObject({
			session_id: expect.any(String) as string,
			session_token: expect.any(String) as string,
			url: expect.any(String) as string,
		});
		if (operation === 'create') return;
		sandbox().setStatus(created.session_id as string, 'Approved');
		const json = await run(generation, {
			...parameters,
			resource,
			operation: isWait ? 'get' : operation,
			sessionId: byId(created.session_id as string),
		});
		expect(json).toMatchObject({ verified: true, vendor_data: literal.vendorData });
		expect(schemaProblems('session', isWait ? 'get' : operation, [{ json }])).toEqual([]);
	});
});

const rows = (start: string) =>
	PAGE.slice(PAGE.indexOf(start))
		.split('\n\n')[0]
		.split('\n')
		.slice(2)
		.map((line) => line.split('|').map((cell) => cell.trim()))
		.map(([, first, second]) => [first, second]);

it('the page says which examples work with both', () => {
	expect(rows('| Example').filter(([first]) => first)).toEqual(
		EXAMPLES.map(({ file, title, needsKey }) => [
			`[${title}](../../examples/${file})`,
			needsKey ? 'an API key' : 'both',
		]),
	);
	expect(BOTH.length).toBeGreaterThan(2);
});

it('the page has the steps of a workflow for every feature combination', () => {
	const steps: Record<string, string> = {
		OCR: 'ID Verification',
		NFC: 'NFC',
		FACE: 'Liveness, Face Match',
		AML: 'AML',
	};
	const table = rows('| Feature combination').filter(([first]) => first.startsWith('`'));
	expect(Object.fromEntries(table)).toEqual(
		Object.fromEntries(
			FEATURE_COMBINATIONS.map((combination) => [
				`\`${combination}\``,
				combination
					.split(' + ')
					.map((name) => steps[name])
					.join(', '),
			]),
		),
	);
});

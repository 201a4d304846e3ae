// What a page calls by its name on the screen has that name there. Such names stand in single italics: _Max Wait Time_.
import { readFileSync, readdirSync } from 'node:fs';
import { DiditApi } from '../../credentials/DiditApi.credentials.ts';
import type { WorkflowJson } from '../../harness/n8n/client.mts';
import { Didit } from '../../nodes/Didit/Didit.node.ts';
import { DiditTrigger } from '../../nodes/Didit/DiditTrigger.node.ts';
import { RESOURCES } from '../../nodes/Didit/actions/resources.ts';

/** Names on other screens, and words that are stressed. */
const OTHERS: Record<string, string[]> = {
	'on a screen of n8n': [
		'Agent',
		'Allowed HTTP Request Domains',
		'Authentication: Predefined Credential Type',
		'Binary',
		'Boolean: is true',
		'Continue',
		'Continue (using error output)',
		'Do not save',
		'Error workflow',
		'Execute step',
		'Execute Sub-workflow',
		'Execute workflow',
		'Form Ending',
		'More details',
		'Next Form Page',
		'On new n8n Form event',
		'POST',
		"Respond: Using 'Respond to Webhook' Node",
		'Respond to Webhook',
		'Respond With: Text',
		'Retry',
		'Retry On Fail',
		'Run once for each item',
		'Run once with all items',
		'Send and Wait for Response',
		'String',
		'To Email',
		'Triggers',
		'Wait',
		'Wait For Sub-Workflow Completion',
	],
	'at Didit': ['FACE', 'read', 'read and write', 'write'],
	'in a form or a message of an example': [
		'Confirmed',
		'Erase for good',
		'Not This Person',
		'declined',
		'in review',
		'not finished',
		'verified',
	],
	'stressed, or a new word': ['None', 'dry run', 'name', 'production', 'sandbox', 'second'],
};

const names = new Set(Object.values(OTHERS).flat());

/** Takes the names on a screen, in full and without what is added in brackets: "Manual (Didit Console)" is Manual too. */
function collect(description: unknown): void {
	if (typeof description !== 'object' || description === null) return;
	for (const [key, value] of Object.entries(description)) {
		// Beside a label, the name is one that nobody sees.
		const isShown = key === 'displayName' || key === 'action' || key === 'name';
		if (typeof value !== 'string') collect(value);
		else if (isShown && !(key === 'name' && 'displayName' in description))
			names.add(value).add(value.replace(/ \([^)]*\)$/, ''));
	}
}
for (const what of [new DiditApi(), new Didit().description, new DiditTrigger().description])
	collect(what);
for (const { option: resource, operations } of RESOURCES)
	for (const { option } of operations) names.add(`${resource.name}: ${option.name}`);
for (const file of readdirSync('examples').filter((name) => name.endsWith('.json'))) {
	const workflow = JSON.parse(readFileSync(`examples/${file}`, 'utf8')) as WorkflowJson;
	for (const { name } of [workflow, ...workflow.nodes]) names.add(name);
}

/** A name, a field and its choice, or the way to a field. */
const isKnown = (label: string) =>
	names.has(label) || label.split(/: | > /).every((part) => names.has(part));

/** The sentence under the title of an example. */
const isSentence = (text: string) => /[.?]"?$/.test(text);

const pages = [
	'README.md',
	'examples/README.md',
	...readdirSync('docs/guide').map((file) => `docs/guide/${file}`),
];
const labels = pages.flatMap((page) => {
	const text = readFileSync(page, 'utf8').replace(/```[^]*?```|`[^`\n]*`/g, '`');
	const found = [...text.matchAll(/(?<!\w)_([^_\n]+)_(?!\w)/g)].map(([, label]) => label);
	return [...new Set(found)]
		.filter((label) => !isSentence(label))
		.map((label) => ({ page, label }));
});

it('finds them on every page', () => {
	expect([...new Set(labels.map(({ page }) => page))]).toEqual(pages);
	expect(labels.length).toBeGreaterThan(200);
});

it.each(labels)('$page: $label', ({ label }) => expect(isKnown(label) && label).toBe(label));

it.each(Object.values(OTHERS).flat())('a page still says: %s', (name) => {
	expect(labels.map(({ label }) => label)).toContain(name);
});

// Whoever searches the page of troubles for the words on the screen finds them: each error text of the shipped code has its
// entry, and no entry is about a text that is gone.
import { readFileSync } from 'node:fs';
import { errorTexts } from '../support/errorTexts.mts';

/** Whose texts aren't in the code, and where they come from instead. */
const PASSED_ON = [
	'nodes/Didit/actions/guards.ts', // any error once more, with its advice in the message
	'nodes/Didit/transport/attempt.ts', // what the credential says
	'nodes/Didit/transport/errors.ts', // Didit's own words
	'nodes/Didit/transport/nodeError.ts', // any error once more, as n8n's
];

/** What nobody sees, and who catches it. */
const NEVER_SHOWN: Record<string, string> = {
	'credentials/DiditApi.credentials.ts': 'n8n, which then asks for a token',
	'nodes/Didit/webhook/canonicalJson.ts': 'the check of signatures, which then says no',
};

const fileOf = (at: string) => at.replace(/:\d+$/, '');
const isUnknown = (text: string) => !/\p{L}/u.test(text);

const shown = errorTexts.filter(({ at }) => !(fileOf(at) in NEVER_SHOWN));
const known = new Map(
	shown.filter(({ text }) => !isUnknown(text)).map(({ text, at }) => [text, at]),
);

const page = readFileSync('docs/guide/troubleshooting.md', 'utf8');
const entries = [...page.matchAll(/^```text\n(.*?)^```\n(.*?)(?=^```|^## |(?![^]))/gms)].map(
	([, texts, advice]) => ({ texts: texts.trim().split('\n'), advice: advice.trim() }),
);
const listed = entries.flatMap(({ texts }) => texts);

it('finds the texts of the code', () => {
	expect(known.size).toBeGreaterThan(100);
	// One of each kind: in place, from a table, through a parameter, by a condition, in a log, to a caller.
	for (const text of [
		'Wait for Result processes one item at a time',
		'The AML provider did not respond',
		"'…' is not valid",
		'This session has several of this check',
		'Didit Trigger: a waiting execution could not be resumed: …',
		'The signature does not match',
	])
		expect([...known.keys()]).toContain(text);
});

it.each([...known].map(([text, at]) => ({ text, at })))(
	'docs/guide/troubleshooting.md has an entry for: $text ($at)',
	({ text }) => {
		// Add it to the ```text block with the same cause and advice, or begin a block.
		expect(listed).toContain(text);
	},
);

it.each(listed)('has no entry for what the code no longer says: %s', (text) => {
	expect([...known.keys()]).toContain(text);
});

it('lists each text once, and says what to do about it', () => {
	expect(listed).toEqual([...new Set(listed)]);
	expect(entries.filter(({ advice }) => advice.length < 20)).toEqual([]);
});

it('knows where the texts come from that are not in the code', () => {
	const files = shown.filter(({ text }) => isUnknown(text)).map(({ at }) => fileOf(at));
	expect([...new Set(files)].sort()).toEqual(PASSED_ON);
});

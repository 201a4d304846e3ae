/** The releases of n8n that the package is tried in, each with a Node.js that it runs on and the settings that only it needs. */
import { PINNED, type Release } from '../../harness/n8n/release.mts';

export interface Host extends Release {
	/** Why this one. */
	about: string;
	/** Settings that only this release gets. */
	env: NodeJS.ProcessEnv;
	/** Those of them that somebody who runs it needs as well, in words. */
	needs?: string;
	/** What its editor reports in the browser's console by itself, with or without this package. */
	editorErrors: RegExp[];
}

const EARLY = {
	env: {
		N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true',
		// The others that the pinned release does without are unknown here.
		N8N_DISABLED_MODULES: 'insights',
	},
	needs: '`N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE=true`, for the node as a tool of an AI agent',
	// A paid feature, the last run of a workflow that never ran, and examples of data that n8n's own nodes lack.
	editorErrors: [
		/\/rest\/ai\/sessions\/metadata\)$/,
		/^Failed to fetch sessions metadata: /,
		/404 .*\/executions\/last-successful\)$/,
		/404 .*\/schemas\/n8n-nodes-base\./,
	],
};

/** The oldest first. */
export const HOSTS: Host[] = [
	{
		n8n: '1.123.81',
		node: '22.23.3',
		about: 'the last line of n8n 1',
		...EARLY,
	},
	{
		n8n: '2.0.3',
		node: '22.23.3',
		about: 'the first line of n8n 2',
		...EARLY,
	},
	{
		n8n: '2.20.12',
		node: '24.21.0',
		about: 'a release between them',
		// Of those that the pinned release does without, the ones that are known here.
		env: { N8N_DISABLED_MODULES: 'instance-ai,chat-hub,breaking-changes,insights' },
		// A paid feature, and examples of data that n8n's own nodes lack.
		editorErrors: [
			/404 .*\/rest\/external-secrets\/secrets\)$/,
			/404 .*\/schemas\/n8n-nodes-base\./,
		],
	},
	{
		...PINNED,
		about: 'the release that the package is built against',
		env: {},
		// n8n asks for schemas of its own nodes that it doesn't have.
		editorErrors: [/404 .*\/schemas\/n8n-nodes-base\./],
	},
];

/**
 * @param n8n the version that the variable E2E_HOST names; without it the pinned release
 * @throws Error for a version that is not in the list
 */
export function hostOf(n8n = PINNED.n8n): Host {
	const host = HOSTS.find((one) => one.n8n === n8n);
	if (!host)
		throw new Error(
			`There is no host "${n8n}". Choose from ${HOSTS.map((one) => one.n8n).join(', ')}.`,
		);
	return host;
}

/** The releases of n8n that the package is tried in, each with a Node.js that it runs on and the settings that only it needs. */
import { PINNED, type Release } from '../../demo/n8n/install.mts';

export interface Host extends Release {
	/** Why this one. */
	about: string;
	/** What an administrator of this release has to set, or what does not exist in it under its later name. */
	env: NodeJS.ProcessEnv;
}

/** The oldest first. */
export const HOSTS: Host[] = [
	{
		n8n: '1.123.81',
		node: '22.23.3',
		about: 'the last line of n8n 1',
		// Without it, nodes of community packages are no tools for an AI agent. Later releases do not ask.
		env: { N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true', N8N_DISABLED_MODULES: 'insights' },
	},
	{
		n8n: '2.0.3',
		node: '22.23.3',
		about: 'the first line of n8n 2',
		env: { N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true', N8N_DISABLED_MODULES: 'insights' },
	},
	{ ...PINNED, about: 'the release that the package is built against', env: {} },
];

/**
 * @param n8n the version that the variable E2E_HOST names; without it the pinned release
 * @throws Error for a version that is not in the list
 */
export function hostOf(n8n = PINNED.n8n): Host {
	const host = HOSTS.find((one) => one.n8n === n8n);
	if (!host) throw new Error(`There is no host "${n8n}". Choose from ${HOSTS.map((one) => one.n8n).join(', ')}.`);
	return host;
}

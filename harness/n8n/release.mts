/** The n8n that everything runs in, and the Node.js that it runs on. */

/** An n8n and the Node.js to run it with, as exact versions. */
export interface Release {
	n8n: string;
	node: string;
}

export const N8N_VERSION = '2.41.1';
/** n8n 2.41 needs Node.js 24 or later, whatever this machine has. */
export const NODE_VERSION = '24.21.0';
export const PINNED: Release = { n8n: N8N_VERSION, node: NODE_VERSION };

// The sandbox for tests of the node: no other network, the node's credential for it, and its checks.
import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox, SandboxOptions } from '../../sandbox/index.mts';
import { withSandbox } from '../sandbox/client.mts';
import { runner, schemaProblems } from './run.mts';

/** `withSandbox`, and nothing but this machine can be reached. */
export function withLocalSandbox(options?: SandboxOptions): () => Sandbox {
	beforeAll(() => {
		nock.disableNetConnect();
		nock.enableNetConnect('127.0.0.1');
	});
	const sandbox = withSandbox(options);
	afterAll(() => nock.enableNetConnect());
	return sandbox;
}

/** What `runner` needs to run against it. */
export const at = ({ url, apiKey }: Sandbox) => ({ url, key: apiKey });

/** Runs checks against it; what comes out must have the shape of the schema. */
export const checkRunner =
	(sandbox: () => Sandbox) => async (operation: string, parameters: INodeParameters) => {
		const { items, error } = await runner('check', operation)(parameters, at(sandbox()));
		expect(schemaProblems('check', operation, items)).toEqual([]);
		return { json: items[0]?.json ?? {}, error };
	};

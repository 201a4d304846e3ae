/** What the demo prints when everything runs: where to look, how to sign in, and the one line to try. */
import { OWNER } from '../harness/n8n/client.mts';
import type { DemoOptions } from './options.mts';

const SIGNUP = { name: 'Grace Example', email: 'grace@mail.example', user_id: 'user-1001' };

/** @param workflowId of the example that the line starts */
export function instructions(
	{ n8nPort, sandboxPort, mailPort }: DemoOptions,
	workflowId: string,
): string {
	const at = (port: number) => `http://127.0.0.1:${port}`;
	const curl = `curl -X POST ${at(n8nPort)}/webhook/onboarding -H 'Content-Type: application/json' -d '${JSON.stringify(SIGNUP)}'`;
	return `
  n8n       ${at(n8nPort)}   sign in with ${OWNER.email} and ${OWNER.password}
  workflow  ${at(n8nPort)}/workflow/${workflowId}
  mailbox   ${at(mailPort)}
  sandbox   ${at(sandboxPort)}   a Didit on this machine: no account needed, and nothing leaves the machine

Try it in another terminal:

  ${curl}

The email with the link is now in the mailbox. Open the link and approve: the workflow has been waiting for this,
and a second email says "You are verified".
Ctrl-C stops everything.`;
}

/** What the demo prints when everything runs: where to look, how to sign in, and the one line to try. */
import { OWNER, type Provisioned } from '../harness/examples.mts';
import type { Stack } from '../harness/stack.mts';

const SIGNUP = { name: 'Grace Example', email: 'grace@mail.example', user_id: 'user-1001' };

export function instructions(
	{ n8n, mailbox, sandbox }: Stack,
	{ onboarding }: Provisioned,
): string {
	const curl = `curl -X POST ${n8n.url}/webhook/onboarding -H 'Content-Type: application/json' -d '${JSON.stringify(SIGNUP)}'`;
	return `
  n8n       ${n8n.url}   sign in with ${OWNER.email} and ${OWNER.password}
  workflow  ${n8n.url}/workflow/${onboarding.id}
  mailbox   ${mailbox.url}
  sandbox   ${sandbox.url}   a Didit on this machine; no account needed, nothing leaves the machine

Try it in another terminal:

  ${curl}

The mail with the link is then in the mailbox. Open the link and approve: the workflow has waited for this,
and a second mail says "You are verified".
Ctrl-C stops everything.`;
}

/** All calls of the API that the sandbox speaks, one line a resource. */
import { type Resource } from '../gate.mts';
import { session } from './session.mts';
import { sessionV1 } from './session-v1.mts';
import { system } from './system.mts';
import { token } from './token.mts';
import { webhook } from './webhook.mts';
import { workflow } from './workflow.mts';

export const RESOURCES: Resource[] = [token, sessionV1, session, workflow, webhook, system];

// Session: Create, 'After Verification'. Where the person's browser goes, and what resumes this execution when Didit has a
// result. The browser is given n8n's key to this execution only where that key opens nothing else.
import { randomBytes } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import { RESUME_METADATA } from '../../json/reservedMetadata';
import { fields, text } from '../../json/read';
import { readPage } from '../../transport/pages';
import { InputError } from '../../transport/errors';
import { browserAddress, ownAddress, ticketFor } from '../../wait/address';
import { openLaterNodes } from '../../wait/laterNodes';
import { laterWaits, waitInVain } from '../../wait/laterWaits';
import { rememberSession } from '../../wait/sessions';
import { TICKET_KEY, sealTicket } from '../../wait/ticket';
import { ONE_AT_A_TIME } from '../../wait/texts';
import { readField } from '../common/fieldSpecs';
import type { ItemCall } from '../common/itemCall';
import { afterVerification, pageAfterwards, resumedBy } from './create.fields';

const NO_WAIT: NodeExecutionHint = {
	message:
		"No later node waits for the result. Add 'Wait for Result' after the node that sends the link",
	location: 'outputPane',
};

const WEBHOOKS = '/v3/webhook/destinations/';
const OLD_WEBHOOK = '/v3/webhook/';

export interface Return {
	/** The person's browser is sent there; empty for what is set in the Didit console. */
	callback: string;
	/** What the session's metadata gets, for the Didit Trigger. */
	metadata: Record<string, string>;
	/** To be called with the ID of the session that came about. */
	created: (session: string) => void;
}

/** @throws InputError if a later node would wait for what can't come */
export function checkLaterWaits(context: IExecuteFunctions): void {
	const given = context.getNodeParameter(afterVerification.name, 0);
	if (readField(afterVerification, given) === 'resume') {
		if (laterWaits(context).length === 0) context.addExecutionHints?.(NO_WAIT);
		return;
	}
	const inVain = waitInVain(context);
	if (inVain === undefined) return;
	throw new InputError(
		`Nothing would resume this workflow, and '${inVain}' would wait in vain`,
		"Set 'After Verification' to 'Resume This Workflow'. Or remove the node that waits, and start another workflow with a Didit Trigger",
	);
}

/** @throws InputError if nothing could resume the execution, or if the person could release another node of it */
export async function planReturn(call: ItemCall): Promise<Return> {
	const page = call.read(pageAfterwards) ?? '';
	if (call.read(afterVerification) !== 'resume')
		return { callback: page, metadata: {}, created: () => {} };
	if (call.context.getInputData().length > 1)
		throw new InputError("'Resume This Workflow' processes one item at a time", ONE_AT_A_TIME);

	const visit = randomBytes(12).toString('base64url');
	const created = (session: string) => rememberSession(call.context, session, { visit, page });
	const key = call.client.keyFor(TICKET_KEY);
	const metadata: Record<string, string> = key
		? { [RESUME_METADATA]: sealTicket(ticketFor(call.context), key) }
		: {};
	if (await isWithoutBrowser(call)) return { callback: page, metadata, created };
	return { callback: browserAddress(ownAddress(call.context), visit), metadata, created };
}

/** Whether something else than the person's browser resumes the execution. */
async function isWithoutBrowser(call: ItemCall): Promise<boolean> {
	const by = call.read(resumedBy);
	if (by === 'workflow') return true;
	const hasEvents = call.client.version === 'v3';
	const wanted = hasEvents && by === 'trigger';
	const open = wanted ? [] : openLaterNodes(call.context);
	if (!wanted && open.length === 0) return false;
	if (hasEvents && (await hasWebhook(call))) return true;
	if (wanted)
		throw new InputError(
			'No Didit Trigger would resume this workflow',
			"Publish a workflow with a Didit Trigger, or set 'Resumed By' to 'Automatic'",
		);
	throw new InputError(
		`The person who is verified could also resume '${open[0]}'`,
		`n8n has one key for everything that waits in an execution, and the person's browser gets it. ${
			hasEvents
				? 'Publish a workflow with a Didit Trigger, which then resumes this one; or set'
				: 'Set'
		} an authentication in '${open[0]}'; or move Create and Wait for Result to a sub-workflow`,
	);
}

/** Whether a webhook at Didit gets results. True where Didit doesn't tell: a limited API key may not see webhooks. */
async function hasWebhook(call: ItemCall): Promise<boolean> {
	try {
		const { rows } = readPage((await call.request({ method: 'GET', path: WEBHOOKS })).body);
		if (rows.length > 0) return rows.some((row) => row.enabled !== false && getsResults(row));
		const { body } = await call.request({ method: 'GET', path: OLD_WEBHOOK });
		return text(fields(body).webhook_url) !== null;
	} catch {
		return true;
	}
}

const getsResults = ({ subscribed_events: events }: IDataObject) =>
	!Array.isArray(events) || (events as unknown[]).includes('status.updated');

// What lets the Didit Trigger resume an execution. It travels through Didit in the session's metadata and holds n8n's token,
// which opens whatever waits in that execution. So it is encrypted: whoever reads the metadata can do nothing with it.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { TICKET_PREFIX } from '../decision/resumeLinks';
import { fields, text } from '../json/read';

export const TICKET_KEY = 'n8n-nodes-didit: ticket of a waiting execution';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface Ticket {
	/** Which n8n it is, whatever its address is by then. */
	instance: string;
	execution: string;
	/** n8n's token for the execution. Early releases have none. */
	token: string;
}

/** @param key 32 bytes */
export function sealTicket(ticket: Ticket, key: Buffer): string {
	const nonce = randomBytes(NONCE_BYTES);
	const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
	const sealed = Buffer.concat([cipher.update(JSON.stringify(ticket), 'utf8'), cipher.final()]);
	return TICKET_PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @returns undefined for everything that was not sealed with this key */
export function openTicket(sealed: unknown, key: Buffer | undefined): Ticket | undefined {
	if (!isTicket(sealed) || key === undefined) return undefined;
	try {
		const bytes = Buffer.from(sealed.slice(TICKET_PREFIX.length), 'base64url');
		const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
			authTagLength: TAG_BYTES,
		}).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
		const opened = Buffer.concat([
			decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
			decipher.final(),
		]);
		const { instance, execution, token } = fields(JSON.parse(opened.toString('utf8')));
		return {
			instance: text(instance) ?? '',
			execution: text(execution) ?? '',
			token: text(token) ?? '',
		};
	} catch {
		return undefined;
	}
}

export const isTicket = (value: unknown): value is string =>
	typeof value === 'string' && value.startsWith(TICKET_PREFIX);

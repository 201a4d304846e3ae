/** A mailbox that takes every mail and shows it in the browser: nothing that the demo or a test sends leaves the machine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Mailbox {
	url: string;
	smtpPort: number;
	close(): Promise<void>;
}

export interface Mail {
	id: string;
	subject: string;
	text: string;
	html: string;
	from: Array<{ address: string; name: string }>;
	to: Array<{ address: string; name: string }>;
}

/** The mails in the mailbox at `url` to this address, oldest first. */
export async function mailsTo(url: string, address: string): Promise<Mail[]> {
	const mails = (await (await fetch(`${url}/api/email`)).json()) as Mail[];
	return mails.filter((mail) => mail.to.some((recipient) => recipient.address === address));
}

/** Starts with an empty inbox. Throws when a port is taken. */
export async function startMailbox(ports: { smtp: number; web: number }): Promise<Mailbox> {
	const mailDirectory = await mkdtemp(join(tmpdir(), 'didit-mailbox-'));
	// Loaded here, because jest can load this file but not an ES module.
	const { MailDev } = await import('maildev');
	const server = new MailDev({
		smtp: ports.smtp,
		ip: '127.0.0.1',
		web: ports.web,
		webIp: '127.0.0.1',
		mailDirectory,
		silent: true,
	});
	await quietly(() => server.start());
	const url = `http://127.0.0.1:${ports.web}`;
	return {
		url,
		smtpPort: ports.smtp,
		async close() {
			await server.stop();
			await rm(mailDirectory, { recursive: true, force: true });
		},
	};
}

/** maildev announces its address on the console whatever its settings say, in the middle of our progress display. */
async function quietly(start: () => Promise<unknown>): Promise<void> {
	const { info } = console;
	console.info = () => undefined;
	try {
		await start();
	} finally {
		console.info = info;
	}
}

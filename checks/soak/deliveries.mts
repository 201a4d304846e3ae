/**
 * Deliveries to the active triggers: valid ones, repeated ones, forged ones and cut ones. Bodies and signatures are made by
 * the sandbox's Python program, which shares no code with the node.
 */
import { randomUUID } from 'node:crypto';
import { createSigner, type Signed, type Signer } from '../../sandbox/webhooks/signer.mts';
import type { Chance } from './chance.mts';
import type { Trigger } from './workflows.mts';

const FORGERIES = {
	'a wrong secret': async (signer: Signer, _secret: string, event: object) =>
		await signer.sign({ secret: 'somebody-elses-secret', payload: event }),
	'a changed body': async (signer: Signer, secret: string, event: object) => {
		const signed = await signer.sign({ secret, payload: event });
		return {
			...signed,
			body: signed.body.replace('"Declined"', '"Approved"').replace('"note":""', '"note":"x"'),
		};
	},
	'no signature': async (signer: Signer, secret: string, event: object) => ({
		...(await signer.sign({ secret, payload: event })),
		headers: {},
	}),
	'the simple signature only': async (signer: Signer, secret: string, event: object) =>
		only(await signer.sign({ secret, payload: event }), 'X-Signature-Simple'),
	'an old time': async (signer: Signer, secret: string, event: object) => ({
		...(await signer.sign({ secret, payload: event })),
		age: 3_600,
	}),
	'half of the body': async (signer: Signer, secret: string, event: object) => {
		const signed = await signer.sign({ secret, payload: event });
		return { ...signed, body: signed.body.slice(0, Math.floor(signed.body.length / 2)) };
	},
} satisfies Record<
	string,
	(signer: Signer, secret: string, event: object) => Promise<Signed & { age?: number }>
>;

export type Forgery = keyof typeof FORGERIES;

/** Milliseconds before a further attempt. */
const PAUSES = [1_000, 4_000, 12_000];

const only = (signed: Signed, header: string): Signed => ({
	...signed,
	headers: { [header]: signed.headers[header] },
});

export interface Target extends Trigger {
	name: 'automatic' | 'manual';
	secret: string;
}

export interface Delivered {
	target: Target;
	session: string;
	what: 'valid' | 'repeated' | 'of another status' | Forgery;
	/** HTTP status; 0 without an answer. */
	status: number;
	/** Attempts: like Didit, it comes again after a 5xx or no answer. */
	attempts: number;
	/** Sends the same once more, with a fresh time. */
	again: () => Promise<Delivered>;
}

export class Postman {
	private readonly signer = createSigner();

	constructor(private readonly targets: Target[]) {}

	/** A delivery about a session of its own. */
	async deliver(chance: Chance): Promise<Delivered> {
		const target = chance.pick(this.targets);
		const forgery =
			chance.between(1, 5) === 1 ? chance.pick(Object.keys(FORGERIES) as Forgery[]) : undefined;
		const shape = chance.pick(['both', 'X-Signature', 'X-Signature-V2']);
		const session = randomUUID();
		const event = eventOf(session, chance.pick(['Approved', 'Declined']));
		if (forgery)
			return await this.post(
				target,
				session,
				forgery,
				await FORGERIES[forgery](this.signer, target.secret, event),
			);
		if (chance.between(1, 6) === 1) {
			return await this.post(
				target,
				session,
				'of another status',
				await this.signer.sign({ secret: target.secret, payload: eventOf(session, 'In Progress') }),
			);
		}
		const signed = await this.signer.sign({ secret: target.secret, payload: event });
		return await this.post(
			target,
			session,
			'valid',
			shape === 'both' ? signed : only(signed, shape),
		);
	}

	close(): void {
		this.signer.close();
	}

	private async post(
		target: Target,
		session: string,
		what: Delivered['what'],
		signed: Signed & { age?: number },
	): Promise<Delivered> {
		let status = 0;
		let attempts = 0;
		for (const pause of [...PAUSES, undefined]) {
			attempts++;
			const headers = {
				'content-type': 'application/json',
				'x-timestamp': String(Math.floor(Date.now() / 1000) - (signed.age ?? 0)),
				...signed.headers,
			};
			status = await fetch(target.url, { method: 'POST', headers, body: signed.body }).then(
				async (response) => (await response.arrayBuffer(), response.status),
				() => 0,
			);
			if ((status > 0 && status < 500) || pause === undefined) break;
			await new Promise((resolve) => setTimeout(resolve, pause));
		}
		const again = async () =>
			await this.post(target, session, what === 'valid' ? 'repeated' : what, signed);
		return { target, session, what, status, attempts, again };
	}
}

/** As docs.didit.me/integration/webhooks shows a `status.updated` of version 3, with what the trigger reads. */
function eventOf(session_id: string, status: string): object {
	const timestamp = Math.floor(Date.now() / 1000);
	return {
		event_id: randomUUID(),
		webhook_type: 'status.updated',
		timestamp,
		created_at: timestamp,
		environment: 'sandbox',
		application_id: 'b0000000-0000-4000-8000-00000000a991',
		workflow_id: 'c0000001-0000-4000-8000-000000000001',
		workflow_version: 1,
		session_id,
		status,
		vendor_data: `soak-${session_id}`,
		metadata: { note: '' },
		decision: {
			session_id,
			status,
			vendor_data: `soak-${session_id}`,
			features: ['ID_VERIFICATION'],
		},
	};
}

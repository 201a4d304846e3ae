/** Webhook deliveries as Didit sends them, of a wanted size: an event about an invented person, written and signed by Python. */
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSigner, type Signed } from '../../sandbox/webhooks/signer.mts';

export const SECRET = 'a-webhook-secret-of-nobody';

export interface Delivery {
	body: Buffer;
	/** With lower-case names. */
	headers: Record<string, string>;
}

const fixture = (name: string) =>
	JSON.parse(readFileSync(`test/fixtures/${name}.json`, 'utf8')) as Record<string, unknown>;

/** What makes an event as large as it is: the hits of a screening, and what the shop keeps in the session's metadata. */
const hit = (number: number) => ({
	id: `hit-${number}`,
	match: false,
	score: 0.7,
	match_score: 70,
	risk_score: 55.5,
	caption: 'Fígura Pública Inventada',
	datasets: ['PEP'],
	review_status: 'Unreviewed',
	properties: {
		country: ['ES'],
		position: ['Member of an invented council'],
		birthDate: ['1961-02-03'],
		alias: ['F. P. Inventada', 'Fígura P.'],
	},
});
const line = (number: number) => ({
	sku: `item-${number}`,
	name: 'Entrada señalada',
	quantity: number,
	price: 12.5,
});

/** About `bytes` large once it is written: a change of status without a decision up to 2 KB, else an approval with its decision. */
function eventOf(bytes: number): Record<string, unknown> {
	const now = Math.floor(Date.now() / 1000);
	// Python escapes everything that is not ASCII.
	const size = (value: unknown) => JSON.stringify(value).replace(/[^ -~]/g, '\\u0000').length;
	const event = {
		...fixture(bytes > 2048 ? 'v3_webhook_approved' : 'v3_webhook_in_progress'),
		timestamp: now,
		created_at: now,
	};
	const room = bytes - size(event);
	if (bytes <= 2048)
		return {
			...event,
			metadata: {
				basket: Array.from(
					{ length: Math.max(0, Math.round((room - 20) / size(line(1)))) },
					(_, number) => line(number),
				),
			},
		};
	const decision = event as unknown as { decision: { aml_screenings: object[] } };
	const hits = Array.from({ length: Math.round(room / size(hit(100))) }, (_, number) =>
		hit(number),
	);
	return {
		...event,
		decision: {
			...decision.decision,
			aml_screenings: [{ ...decision.decision.aml_screenings[0], total_hits: hits.length, hits }],
		},
	};
}

/** One event of each size with all of Didit's signature headers. */
export async function signedEvents(sizes: number[], secret = SECRET): Promise<Signed[]> {
	const signer = createSigner();
	try {
		return await Promise.all(
			sizes.map(async (bytes) => await signer.sign({ secret, payload: eventOf(bytes) })),
		);
	} finally {
		signer.close();
	}
}

/** The delivery of a signed event. */
export const deliveryOf = ({ body, headers }: Signed): Delivery => ({
	body: Buffer.from(body),
	headers: {
		'content-type': 'application/json',
		'x-timestamp': String(Math.floor(Date.now() / 1000)),
		...Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
		),
	},
});

/** A delivery of another event about another session, alike in everything else. */
export function another({ body, canonical, headers }: Signed, secret = SECRET): Delivery {
	const { event_id: event, session_id: session } = JSON.parse(body) as {
		event_id: string;
		session_id: string;
	};
	const [newEvent, newSession] = [randomUUID(), randomUUID()];
	const renamed = (text: string) =>
		text.replaceAll(event, newEvent).replaceAll(session, newSession);
	const mac = (text: string) => createHmac('sha256', secret).update(text).digest('hex');
	const signatures = {
		'X-Signature': mac(renamed(body)),
		'X-Signature-V2': mac(renamed(canonical)),
	};
	return deliveryOf({ body: renamed(body), canonical, headers: { ...headers, ...signatures } });
}

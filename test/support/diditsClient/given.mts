// What both sides find at Didit before they make a call: the same for each, made anew, under other IDs.
import type { Sandbox, Status } from '../../../sandbox/index.mts';
import { type Json, v3 } from '../../sandbox/client.mts';

/** IDs by what they stand for. */
export interface Given {
	session: string;
	other: string;
	/** A session's number. */
	number: string;
	approved: string;
	/** With it, another application may import the approved session. */
	token: string;
	destination: string;
	list: string;
	faces: string;
	entry: string;
	transaction: string;
}

export const WORKFLOW = 'c0000003-0000-4000-8000-000000000001';
export const APPLICATION = 'bbbbbbbb-0000-4000-8000-000000000002';
export const PHONE = '+12025550100';
export const EMAIL = 'name@example.com';

/** Of the trigger, at the n8n of these tests. */
export const WEBHOOK_URL = 'https://n8n.example/webhook/results/didit';

type Post = (path: string, body: object) => Promise<Json>;
type Maker = (post: Post, sandbox: Sandbox) => Promise<Partial<Given>>;

const makeSessions: Maker = async (post, sandbox) => {
	const create = async (vendor_data: string, status: Status) => {
		const created = await post('/v3/session/', { workflow_id: WORKFLOW, vendor_data });
		sandbox.setStatus(created.session_id, status);
		return created;
	};
	const { session_id: session } = await create('client-session', 'In Review');
	const { session_id: other, session_number } = await create('client-other', 'In Review');
	const { session_id: approved } = await create('client-approved', 'Approved');
	const { share_token: token } = await post(`/v3/session/${approved}/share/`, {
		for_application_id: APPLICATION,
	});
	return { session, other, number: String(session_number), approved, token };
};

const makeLists: Maker = async (post) => {
	const create = async (name: string, entry_type: string) =>
		(await post('/v3/lists/', { name, list_type: 'custom', entry_type })).uuid as string;
	const list = await create('Ours', 'email');
	const { uuid: entry } = await post(`/v3/lists/${list}/entries/`, { value: 'first@example.com' });
	return { list, faces: await create('Faces', 'face'), entry };
};

/** By the first word of a call's ID in the contract. */
const MAKERS: Record<string, Maker> = {
	session: makeSessions,
	sessions: makeSessions,
	list: makeLists,
	user: async (post) => await post('/v3/users/create/', { vendor_data: 'known-user' }),
	business: async (post) => await post('/v3/businesses/create/', { vendor_data: 'known-business' }),
	webhook: async (post) => {
		const { uuid } = await post('/v3/webhook/destinations/', {
			label: 'Other',
			url: 'https://n8n.example/webhook/other',
			subscribed_events: ['data.updated'],
		});
		return { destination: uuid };
	},
	transaction: async (post) => {
		const { uuid } = await post('/v3/transactions/', {
			transaction_id: 'order-1',
			transaction_category: 'finance',
			transaction_details: { direction: 'outbound', amount: '5', currency: 'EUR' },
			subject: { vendor_data: 'client-session', full_name: 'Nora Sample' },
		});
		return { transaction: uuid };
	},
	check: async (post) => {
		await post('/v3/phone/send/', { phone_number: PHONE });
		await post('/v3/email/send/', { email: EMAIL });
		return {};
	},
};

/** @param id of the call in the contract: what is made is what it is about. */
export async function prepare(sandbox: Sandbox, id: string): Promise<Given> {
	sandbox.reset();
	const post: Post = async (path, body) => (await v3(sandbox, 'POST', path, body)).body;
	return (await MAKERS[id.split('.')[0]]?.(post, sandbox)) as Given;
}

/** The same text on both sides: names in place of the IDs of what was given. */
export function named<T>(value: T, given: Given): T {
	let text = JSON.stringify(value);
	// A number can be part of anything.
	for (const [name, id] of Object.entries(given ?? {}))
		if (name !== 'number' && typeof id === 'string') text = text.replaceAll(id, `<${name}>`);
	return JSON.parse(text) as T;
}

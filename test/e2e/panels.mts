/** Every operation as its builder meets it: opened in the editor, with nothing wrong on the screen, and its step executed there. */
import type { Browser, Page } from 'playwright-core';
import type { Watched } from '../../harness/browser.mts';
import { openNode, openWorkflow, troubleOn } from '../../harness/n8n/editor.mts';
import { inRow } from '../../harness/n8n/workflow.mts';
import { OPERATIONS } from '../support/operations.mts';
import { faults, screenshot } from './support/browser.mts';
import { APPLICATION, JPEG, WORKFLOW, nodesOf } from './support/everyOperation.mts';
import { begin, createSession, editorOf } from './support/examples.mts';
import { decide, didit, eventually, n8n, node, world } from './support/world.mts';

type Item = Record<string, unknown>;

let count = 0;
const another = (what: string) => `${what}-${++count}`;
const post = async <T = { uuid: string },>(path: string, body: object) =>
	await didit<T>('POST', path, body);

/** Someone whose session waits for a decision. */
async function reviewed(): Promise<Item & { session_id: string }> {
	const vendor_data = another('user');
	const { session_id } = await createSession(vendor_data, 'In Review', WORKFLOW);
	return { session_id, vendor_data };
}

async function approved() {
	const item = await reviewed();
	await decide(item.session_id, 'Approved');
	return item;
}

/** A session whose result was sent somewhere. */
async function delivered() {
	const item = await approved();
	const { uuid } = await eventually(
		'a delivery',
		async () => (await didit<Item[]>('GET', `/v3/session/${item.session_id}/webhooks/`))[0],
	);
	return { ...item, uuid };
}

const list = async () => {
	const { uuid } = await post('/v3/lists/', {
		name: another('Emails'),
		list_type: 'custom',
		entry_type: 'email',
	});
	return { uuid, list: uuid };
};

const withEntry = async () => {
	const item = { ...(await list()), value: 'name@example.com' };
	await post(`/v3/lists/${item.list}/entries/`, { value: item.value });
	return item;
};

const record = (path: string) => async () => {
	const vendor_data = another('record');
	await post(path, { vendor_data });
	return { vendor_data };
};

const transaction = async () =>
	await post('/v3/transactions/', {
		transaction_id: another('order'),
		transaction_category: 'finance',
		transaction_details: { direction: 'outbound', amount: '5', currency: 'EUR' },
		subject: { vendor_data: 'user-42', full_name: 'Nora Sample' },
	});

const PHONE = '+34600000001';
const EMAIL = 'nora@example.com';

/** What must be there before an operation, and the item that says so; by operation, else by resource. */
const ITEMS: Record<string, () => Promise<Item> | Item> = {
	session: reviewed,
	user: record('/v3/users/create/'),
	business: record('/v3/businesses/create/'),
	transaction,
	list,
	workflow: () => ({}),
	account: () => ({}),
	check: () => ({ image: JPEG }),
	'session create': () => ({ vendor_data: another('user') }),
	'session waitForResult': approved,
	'session updateStatus': async () => ({ ...(await reviewed()), status: 'Declined' }),
	'session getReviews': async () => {
		const item = await reviewed();
		await post(`/v3/sessions/${item.session_id}/reviews/`, { comment: 'Called the person' });
		return item;
	},
	'session unblock': async () => {
		const item = await approved();
		await post('/v3/blocklist/add/', { session_id: item.session_id, blocklist_face: true });
		return item;
	},
	'session getWebhooks': delivered,
	'session resendWebhook': delivered,
	'session share': approved,
	'session importShared': async () => {
		const { session_id } = await approved();
		return await post(`/v3/session/${session_id}/share/`, { for_application_id: APPLICATION });
	},
	'user downloadPdf': approved,
	'user create': () => ({ vendor_data: another('user') }),
	'business create': () => ({ vendor_data: another('company') }),
	'transaction create': () => ({ txn: another('order'), amount: '12.50' }),
	'list create': () => ({}),
	'list getEntries': withEntry,
	'list removeEntry': withEntry,
	'check aml': () => ({ name: 'Nora Sample', born: '1990-05-31', vendor_data: 'user-42' }),
	'check databaseValidation': () => ({ number: '00000000T' }),
	'check wallet': () => ({ wallet: 'bc1qexample' }),
	'check sendPhoneCode': () => ({ phone: PHONE }),
	'check checkPhoneCode': async () => {
		await post('/v3/phone/send/', { phone_number: PHONE });
		return { phone: PHONE, code: '123456' };
	},
	'check sendEmailCode': () => ({ email: EMAIL }),
	'check checkEmailCode': async () => {
		await post('/v3/email/send/', { email: EMAIL });
		return { email: EMAIL, code: '123456' };
	},
};

let browser: Browser;
let watched: Watched;
let page: Page;

beforeAll(async () => {
	browser = await begin();
	await post('/v3/webhook/destinations/', {
		label: 'Shop',
		url: `${world.n8n.url}/webhook/nobody`,
		subscribed_events: ['status.updated'],
	});
	watched = await editorOf(browser);
	page = watched.page;
}, 120_000);
beforeEach(() => {
	watched.errors.length = 0;
	watched.outside.length = 0;
});
afterAll(async () => await browser.close());

it.each(OPERATIONS.map(({ name, resource }) => [name, resource]))(
	'opens and runs in the editor: %s',
	async (name, resource) => {
		const item = await (ITEMS[name] ?? ITEMS[resource])();
		const nodes = [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Item', 'n8n-nodes-base.noOp', 1, {}),
			...nodesOf(name),
		].map((one, index) => ({ ...one, position: [220 * index, 0] as [number, number] }));
		const { id } = await n8n.createWorkflow({
			name,
			nodes,
			connections: inRow(nodes),
			pinData: { Item: [{ json: item }] },
		} as Parameters<typeof n8n.createWorkflow>[0]);
		await openWorkflow(page, `${world.n8n.url}/workflow/${id}`);
		const panel = await openNode(page, 'Didit');
		expect(await troubleOn(page)).toEqual([]);
		await panel.locator('[data-test-id="node-execute-button"]').first().click();
		await panel
			.locator('[data-test-id="output-panel"]')
			.locator('[data-test-id="ndv-items-count"]')
			.waitFor();
		await screenshot(page, `panel-${name.replace(' ', '-')}`);
		expect(await troubleOn(page)).toEqual([]);
		expect(faults(watched)).toEqual({ errors: [], outside: [] });
	},
);

/**
 * The program that server.mts starts: Didit's list of sessions, as long and with rows as large as the address says
 * (`/<rows>/<bytes of a row>/v3/sessions/`), as cheaply as Node.js can. It ends with the process that started it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let requests = 0;

/** An invented session with values of its own, and details that make it as large as wanted. */
function row(number: number, bytes: number): string {
	const id = `11111111-2222-4333-8444-${String(number).padStart(12, '0')}`;
	const session = {
		session_id: id,
		session_kind: 'user',
		session_number: number,
		session_url: `https://verify.didit.me/session/token-of-${number}`,
		portrait_image: null,
		document_type: 'Identity Card',
		full_name: `Núria Exemple ${number}`,
		country: 'ESP',
		status: 'Approved',
		vendor_data: `user-${number}`,
		didit_internal_id: id,
		created_at: new Date(1_790_000_000_000 - number * 1000).toISOString(),
		features: [{ feature: 'ID_VERIFICATION', status: 'Approved' }],
		phone_number: null,
		email_address: null,
		workflow_label: 'KYC basic',
		additional_details: { notes: [] as object[] },
	};
	const note = (index: number) => ({
		author: `reviewer-${number}`,
		text: `Remark ${index} on session ${number}, as long as a remark is`,
	});
	const room = bytes - JSON.stringify(session).length;
	session.additional_details.notes = Array.from(
		{ length: Math.max(0, Math.round(room / JSON.stringify(note(1)).length)) },
		(_, index) => note(index),
	);
	return JSON.stringify(session);
}

const server = createServer((request, response) => {
	requests++;
	const url = new URL(String(request.url), 'http://127.0.0.1');
	const [, rows, bytes] = url.pathname.split('/').map(Number);
	const limit = Number(url.searchParams.get('limit') ?? 50);
	const offset = Number(url.searchParams.get('offset') ?? 0);
	const end = Math.min(rows, offset + limit);
	const results = Array.from({ length: Math.max(0, end - offset) }, (_, index) =>
		row(offset + index, bytes),
	);
	const next =
		end < rows
			? JSON.stringify(`http://${request.headers.host}${url.pathname}?limit=${limit}&offset=${end}`)
			: null;
	response
		.writeHead(200, { 'content-type': 'application/json' })
		.end(`{"count":${rows},"next":${next},"previous":null,"results":[${results.join()}]}`);
});

process.on('disconnect', () => process.exit());
process.on('message', () => {
	process.send?.(requests);
	requests = 0;
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

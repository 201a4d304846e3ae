// A delivery of a session's webhook as Didit records it, and what comes out of it. Its header and body are JSON texts; they
// are read first, so that what must not come out of a node is found in them.
import type { IDataObject } from 'n8n-workflow';
import { fields, integer, isFields, text } from '../../json/read';
import type { ItemCall } from '../common/itemCall';
import { rawOutput } from '../common/privacy';
import { simplify } from '../common/simplify';

function parsed(value: unknown): unknown {
	try {
		return typeof value === 'string' ? JSON.parse(value) : value;
	} catch {
		return null;
	}
}

/** With a signature and its body, anyone could send the event again for a while. */
const withoutSignatures = (headers: unknown) =>
	isFields(headers)
		? Object.fromEntries(Object.entries(headers).filter(([name]) => !/signature/i.test(name)))
		: null;

export function shownDelivery(call: ItemCall, sessionId: string, row: IDataObject): IDataObject {
	const body = parsed(row.request_body);
	if (!call.isOn(simplify)) {
		const headers = withoutSignatures(parsed(row.request_header));
		return rawOutput(call, { ...row, request_header: headers, request_body: body } as IDataObject);
	}
	const status = integer(row.response_status);
	return {
		session_id: sessionId,
		uuid: text(row.uuid),
		event_id: text(fields(body).event_id),
		webhook_type: text(row.webhook_type),
		status: text(row.status),
		request_url: text(row.request_url),
		response_status: status,
		delivered: status !== null && status >= 200 && status < 300,
		created_at: text(row.created_at),
	};
}

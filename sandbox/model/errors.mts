/** The error bodies that Didit documents, each thrown as an `ApiError` that the server turns into an answer. */

export class ApiError extends Error {
	constructor(
		readonly status: number,
		/** An object or list is sent as JSON, text as HTML. */
		readonly body: unknown,
		readonly headers: Record<string, string> = {},
	) {
		super(`HTTP ${status}`);
	}
}

const HTML_404 =
	'<!doctype html>\n<html lang="en"><head><title>Not Found</title></head><body><h1>Not Found</h1></body></html>';

/** The router's own 404, for a path that no call has. */
export const htmlNotFound = () => new ApiError(404, HTML_404);
export const detail = (status: number, text: string, headers?: Record<string, string>) =>
	new ApiError(status, { detail: text }, headers);
/** One message a field, the form of Didit's business rules. */
export const refused = (field: string, text: string) => new ApiError(400, { [field]: text });
/** A list of messages a field, the form of Didit's input validation. */
export const invalid = (fields: Record<string, unknown>) => new ApiError(400, fields);
export const notFound = (text = 'Not found.') => detail(404, text);
export const noPermission = () => detail(403, 'You do not have permission to perform this action.');

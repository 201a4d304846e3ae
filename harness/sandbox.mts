/** The sandbox from outside: the calls of its API and of its control address that checks and tests make. */

/** Throws unless the answer is 2xx. Resolves to its JSON, if there is any. */
export async function ask<T = unknown>(
	sandbox: string,
	method: string,
	path: string,
	body?: object,
	headers: Record<string, string> = {},
): Promise<T> {
	const response = await fetch(`${sandbox}${path}`, {
		method,
		headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
		body: body && JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${method} ${path}`);
	const text = await response.text();
	return (text === '' ? undefined : JSON.parse(text)) as T;
}

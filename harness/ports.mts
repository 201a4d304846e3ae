/** Finds out about TCP ports on the loopback address before something fails over them half-way. */
import { createServer } from 'node:net';

/** Resolves to the port that could be listened on (`port`, or any free one for 0), or undefined when it is taken. */
async function tryListen(port: number): Promise<number | undefined> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.on('error', () => resolve(undefined));
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
		});
	});
}

/** A free port. Another process may take it before it is used; the chance is small, and starting says so. */
export async function freePort(): Promise<number> {
	const port = await tryListen(0);
	if (port === undefined) throw new Error('There is no free TCP port on 127.0.0.1');
	return port;
}

export async function isFree(port: number): Promise<boolean> {
	return (await tryListen(port)) !== undefined;
}

// One after the other, within this process: for what n8n does in two steps that must not be mixed with another's.

const last = new Map<string, Promise<void>>();

/** Runs a task when those that were given the same key before it have ended, well or not. */
export async function oneAtATime<T>(key: string, task: () => Promise<T>): Promise<T> {
	const result = (last.get(key) ?? Promise.resolve()).then(task);
	const ended = result.then(
		() => {},
		() => {},
	);
	last.set(key, ended);
	try {
		return await result;
	} finally {
		if (last.get(key) === ended) last.delete(key);
	}
}

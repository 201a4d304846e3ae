/** Runs `contract/sign.py` as a child process, from the first delivery until the sandbox stops. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface SigningRequest {
	secret: string;
	/** The secret before a rotation, while it is still used. */
	previous?: string | null;
	payload?: unknown;
	/** Text of the request whose `metadata` the payload gets, number by number as it was written. */
	metadata_from?: string;
	/** Instead of a payload: a body to sign as it is. */
	raw?: string;
}

export interface Signed {
	body: string;
	/** The text under X-Signature-V2. */
	canonical: string;
	headers: Record<string, string>;
}

export interface Signer {
	/** @throws Error when there is no Python, or when the body cannot be written. */
	sign(request: SigningRequest): Promise<Signed>;
	close(): void;
}

interface Waiting {
	resolve: (signed: Signed) => void;
	reject: (error: Error) => void;
}

/** Programs run from the package's folder; this module can't ask where it is itself (tests load it as CommonJS). */
const PROGRAM = resolve('contract/sign.py');
const noPython = (python: string) =>
	new Error(
		`Webhooks are signed by a small Python program, but ${python} was not found. Install Python 3 (on Debian: apt-get install python3).`,
	);

/** @param python the command that starts Python 3. */
export function createSigner(python = 'python3'): Signer {
	const waiting = new Map<number, Waiting>();
	let child: ChildProcessWithoutNullStreams | undefined;
	let nextId = 1;

	const fail = (error: Error) => {
		child = undefined;
		for (const { reject } of waiting.values()) reject(error);
		waiting.clear();
	};
	const start = () => {
		if (!existsSync(PROGRAM))
			throw new Error(`${PROGRAM} is missing. Start the sandbox in the package's folder.`);
		const started = spawn(python, [PROGRAM], { stdio: ['pipe', 'pipe', 'pipe'] });
		started.once('error', (error: NodeJS.ErrnoException) =>
			fail(error.code === 'ENOENT' ? noPython(python) : error),
		);
		started.once('close', () => fail(new Error('The program that signs webhooks has stopped.')));
		// Writing to a program that has just ended is reported by its 'close'.
		started.stdin.on('error', () => undefined);
		createInterface({ input: started.stdout }).on('line', (line) => {
			const { id, error, ...signed } = JSON.parse(line) as Signed & { id: number; error?: string };
			const { resolve: done, reject } = waiting.get(id) ?? {};
			waiting.delete(id);
			if (error) reject?.(new Error(error));
			else done?.(signed);
		});
		return started;
	};

	return {
		async sign(request) {
			child ??= start();
			const { stdin } = child;
			const id = nextId++;
			return await new Promise<Signed>((done, reject) => {
				waiting.set(id, { resolve: done, reject });
				stdin.write(`${JSON.stringify({ id, ...request })}\n`);
			});
		},
		close() {
			child?.kill();
		},
	};
}

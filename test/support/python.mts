/** Asks Python to sign: the independent implementation that the node's own code is compared with. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** What Python says of one body. All bytes are base64. */
export interface SignedBody {
	raw: string;
	secret: string;
	signature: string;
	/** `null` when Python cannot read the body, or cannot write it (half of a surrogate pair). */
	canonical: string | null;
	signature_v2: string | null;
}

export interface GeneratedDelivery extends SignedBody {
	/** The same body, written differently. */
	rewritten: string[];
	/** The body with one byte changed, so that it says something else. */
	damaged: string;
}

/** What it said, by what it was asked: mutation tests ask the same again for each changed line. */
const said = new Map<string, string>();

const SCRIPT = path.join(process.cwd(), 'test/support/deliveries.py');

function run<T>(args: string[], input = ''): T[] {
	const question = JSON.stringify([args, input]);
	const output =
		said.get(question) ??
		execFileSync('python3', [SCRIPT, ...args], { input, encoding: 'utf8', maxBuffer: 1 << 30 });
	said.set(question, output);
	return output
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as T);
}

export function generateDeliveries(seed: number, count: number): GeneratedDelivery[] {
	return run(['generate', String(seed), String(count)]);
}

export function signBodies(bodies: Array<string | Buffer>, secret: string): SignedBody[] {
	const lines = bodies.map((body) =>
		JSON.stringify({ raw: Buffer.from(body as string).toString('base64'), secret }),
	);
	return run(['sign'], lines.join('\n'));
}

/**
 * The message of X-Signature-V2: the body's JSON with sorted keys, no spaces and unescaped text, exactly as Didit's
 * Python writes it. It is made from the raw text, because a parsed and re-written body has lost what Python keeps (large
 * integers, the order of keys like "10" and "9", the way small numbers are printed).
 *
 * The recipe (docs.didit.me, integration/webhooks): every float with a whole value becomes an integer, at any depth;
 * then json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).
 */

/** Python's own parser gives up at about 1,000 levels, so nothing deeper was ever signed. */
export const MAX_DEPTH = 1000;

/**
 * How many characters longer than the text the message may be. Only numbers grow: `1e308` has 309 digits written out, and half
 * a megabyte of them would be a message of 26. Didit's numbers are scores and sizes, which grow by none.
 */
const MOST_GROWTH = 10_000;

/** A scalar is kept as its canonical text. A map keeps the last of several equal keys, as Python does. */
type Tree = string | Tree[] | Map<string, Tree>;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** JSON knows these four only: space, tab, line feed and carriage return. */
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);
const NUMBER = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const LITERALS = new Map([
	['t', 'true'],
	['f', 'false'],
	['n', 'null'],
]);

/**
 * Takes time in proportion to the text (sorting aside).
 *
 * @throws SyntaxError when the text is not one JSON value, or nested deeper than `MAX_DEPTH`
 */
export function canonicalJson(text: string): string {
	const pieces: string[] = [];
	write(new Reader(text).readDocument(), pieces);
	return pieces.join('');
}

class Reader {
	private position = 0;

	private growth = 0;

	constructor(private readonly text: string) {}

	readDocument(): Tree {
		const tree = this.readValue(0);
		this.skipSpaces();
		if (this.position < this.text.length) this.fail();
		return tree;
	}

	private readValue(depth: number): Tree {
		if (depth > MAX_DEPTH) this.fail();
		this.skipSpaces();
		const next = this.text[this.position];
		if (next === '{') return this.readObject(depth);
		if (next === '[') return this.readArray(depth);
		if (next === '"') return JSON.stringify(this.readString());
		const literal = LITERALS.get(next);
		return literal === undefined ? this.readNumber() : this.readLiteral(literal);
	}

	private readLiteral(literal: string): string {
		if (!this.text.startsWith(literal, this.position)) this.fail();
		this.position += literal.length;
		return literal;
	}

	private readObject(depth: number): Tree {
		const members = new Map<string, Tree>();
		this.position++;
		if (this.takes('}')) return members;
		do {
			this.skipSpaces();
			const key = this.readString();
			if (!this.takes(':')) this.fail();
			members.set(key, this.readValue(depth + 1));
		} while (this.takes(','));
		if (!this.takes('}')) this.fail();
		return members;
	}

	private readArray(depth: number): Tree {
		const items: Tree[] = [];
		this.position++;
		if (this.takes(']')) return items;
		do items.push(this.readValue(depth + 1));
		while (this.takes(','));
		if (!this.takes(']')) this.fail();
		return items;
	}

	/** Finds the closing quote by hand: a regular expression overflows its stack on a text of several megabytes. */
	private readString(): string {
		const start = this.position;
		if (this.text.charCodeAt(start) !== QUOTE) this.fail();
		let escaped = false;
		for (let end = start + 1; end < this.text.length; end++) {
			const code = this.text.charCodeAt(end);
			if (code === QUOTE) {
				this.position = end + 1;
				return escaped ? this.unescape(start) : this.text.slice(start + 1, end);
			}
			if (code < 0x20) this.fail();
			if (code === BACKSLASH) {
				escaped = true;
				end++;
			}
		}
		return this.fail();
	}

	private unescape(start: number): string {
		try {
			return JSON.parse(this.text.slice(start, this.position)) as string;
		} catch {
			return this.fail();
		}
	}

	private readNumber(): string {
		const start = this.position;
		let end = start;
		while (end < this.text.length && '+-.0123456789eE'.includes(this.text[end])) end++;
		const raw = this.text.slice(start, end);
		const match = NUMBER.exec(raw);
		if (match === null) return this.fail();
		this.position = end;
		const isFloat = match[1] !== undefined || match[2] !== undefined;
		const printed = isFloat ? printFloat(Number(raw)) : printInteger(raw);
		this.growth += Math.max(0, printed.length - raw.length);
		if (this.growth > MOST_GROWTH) this.fail();
		return printed;
	}

	private takes(character: string): boolean {
		this.skipSpaces();
		if (this.text[this.position] !== character) return false;
		this.position++;
		return true;
	}

	private skipSpaces(): void {
		while (SPACES.has(this.text.charCodeAt(this.position))) this.position++;
	}

	/** The message never quotes the text: it is personal data. */
	private fail(): never {
		throw new SyntaxError('The body is not valid JSON');
	}
}

/** An integer keeps its digits, however many; Python has no negative zero among its integers. */
function printInteger(raw: string): string {
	return raw === '-0' ? '0' : raw;
}

/**
 * A double as Python prints it after the recipe. Whole values are integers with all their digits (1e+22 too), others use
 * an exponent of two digits below 0.0001, where JavaScript continues to 0.000001. Both languages pick the same shortest
 * digits. What is too large for a double is Python's `Infinity`.
 */
function printFloat(value: number): string {
	if (Number.isInteger(value)) return BigInt(value).toString();
	if (Math.abs(value) >= 0.0001) return String(value);
	const [digits, exponent] = value.toExponential().split('e-');
	return `${digits}e-${exponent.padStart(2, '0')}`;
}

/**
 * One list of pieces, joined once: joining level by level would copy a deep body again at each level.
 *
 * @param before what stands directly before the tree: a comma, a key
 */
function write(tree: Tree, pieces: string[], before = ''): void {
	if (typeof tree === 'string') {
		pieces.push(before + tree);
	} else if (Array.isArray(tree)) {
		pieces.push(`${before}[`);
		tree.forEach((item, index) => write(item, pieces, index > 0 ? ',' : ''));
		pieces.push(']');
	} else {
		pieces.push(`${before}{`);
		const members = [...tree].sort(([first], [second]) => compareCodePoints(first, second));
		members.forEach(([key, value], index) => {
			write(value, pieces, `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`);
		});
		pieces.push('}');
	}
}

/** Python's order of texts. JavaScript's own differs: it puts an emoji (two surrogates) before U+E000 to U+FFFF. */
function compareCodePoints(first: string, second: string): number {
	let index = 0;
	// The end of a text reads as NaN, which equals nothing.
	while (first.charCodeAt(index) === second.charCodeAt(index)) index++;
	return (first.codePointAt(index) ?? -1) - (second.codePointAt(index) ?? -1);
}

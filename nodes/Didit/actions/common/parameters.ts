// The node's parameters as n8n gives them for an item, read as seldom as possible: each reading costs n8n more than all else
// that is done for an item. No item ever gets a value that belongs to another.
import { isExpression } from 'n8n-workflow';
import type { IExecuteFunctions, INode } from 'n8n-workflow';

export class Parameters {
	/** As it was saved. Read once, because n8n copies the whole node each time. */
	readonly node: INode;

	private readonly sameForAll = new Map<string, unknown>();

	/** Names of parameters, and whether an expression is in them. */
	private readonly differing = new Map<string, boolean>();

	constructor(private readonly context: IExecuteFunctions) {
		this.node = context.getNode();
	}

	/**
	 * Reads the parameters of one item; a missing one is empty text. One without an expression is read for the first item that
	 * needs it, and can't be changed, as all items share it. Any other is read once for each item.
	 */
	of(item: number): (name: string) => unknown {
		const own = new Map<string, unknown>();
		return (name) => {
			const isShared = !this.differs(name);
			const known = isShared ? this.sameForAll : own;
			if (!known.has(name)) {
				const value = this.context.getNodeParameter(name, item, '') as unknown;
				known.set(name, isShared ? frozen(value) : value);
			}
			return known.get(name);
		};
	}

	private differs(name: string): boolean {
		const known = this.differing.get(name) ?? holdsExpression(this.node.parameters[name]);
		this.differing.set(name, known);
		return known;
	}
}

/** In the value itself or anywhere in it: n8n evaluates expressions in collections, lists and locators too. */
function holdsExpression(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return isExpression(value);
	return Object.values(value).some(holdsExpression);
}

function frozen<T>(value: T): T {
	if (typeof value === 'object' && value !== null)
		Object.values(Object.freeze(value)).forEach(frozen);
	return value;
}

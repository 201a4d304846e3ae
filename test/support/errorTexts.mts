/**
 * Every text that the shipped code can show as an error, read from its sources: what is given to an error's constructor, to
 * n8n's log, to a refused caller, and the advice beside Didit's own words. What is only known at run time becomes `…`.
 */
import ts from 'typescript';

export interface ErrorText {
	text: string;
	/** File and line. */
	at: string;
}

const HOLE = '…';
/** Words. */
const SENTENCE = 6;
/** A constant that is made of constants, of functions' arguments, and so on. */
const DEEPEST = 12;

const config = ts.parseJsonConfigFileContent(
	ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)).config,
	ts.sys,
	'.',
);
const program = ts.createProgram(config.fileNames, config.options);
const checker = program.getTypeChecker();
const files = program.getSourceFiles().filter(({ fileName }) => !/node_modules/.test(fileName));

function* nodesIn(node: ts.Node): Generator<ts.Node> {
	yield node;
	for (const child of node.getChildren()) yield* nodesIn(child);
}

const all = files.flatMap((file) => [...nodesIn(file)]);

/** Who calls a function, by its declaration. */
const callers = new Map<ts.Node | undefined, Array<ts.CallExpression | ts.NewExpression>>();
for (const node of all) {
	if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) continue;
	const callee = checker.getResolvedSignature(node)?.declaration;
	callers.set(callee, [...(callers.get(callee) ?? []), node]);
}

function symbolOf(node: ts.Node): ts.Symbol | undefined {
	const symbol = checker.getSymbolAtLocation(node);
	return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

const declarationOf = (node: ts.Node) => symbolOf(node)?.declarations?.[0];

/** What callers give to a parameter. */
function argumentsFor(parameter: ts.ParameterDeclaration): ts.Expression[] {
	const owner = parameter.parent;
	const index = owner.parameters.indexOf(parameter);
	return (callers.get(owner) ?? []).flatMap(
		(call) => call.arguments?.[index] ?? parameter.initializer ?? [],
	);
}

/** What a function can return, without going through others. */
function returned(declaration: ts.Declaration): ts.Expression[] {
	const made =
		ts.isVariableDeclaration(declaration) && declaration.initializer
			? declaration.initializer
			: declaration;
	if (!ts.isFunctionLike(made)) return [];
	const { body } = made as ts.FunctionLikeDeclaration;
	if (!body) return [];
	if (!ts.isBlock(body)) return [body];
	return [...nodesIn(body)].flatMap((node) =>
		ts.isReturnStatement(node) && node.expression ? [node.expression] : [],
	);
}

/** The expressions that this one can stand for, one step closer to a text. */
function closer(node: ts.Expression): ts.Expression[] {
	if (
		ts.isParenthesizedExpression(node) ||
		ts.isAsExpression(node) ||
		ts.isNonNullExpression(node) ||
		ts.isSatisfiesExpression(node)
	)
		return [node.expression];
	if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
	if (ts.isBinaryExpression(node) && ['||', '??'].includes(node.operatorToken.getText()))
		return [node.left, node.right];
	// The first of a tuple.
	if (ts.isSpreadElement(node))
		return literalsOf(node.expression).flatMap((list) =>
			ts.isArrayLiteralExpression(list) ? list.elements.slice(0, 1) : [],
		);
	// Any value of a table.
	if (ts.isElementAccessExpression(node))
		return literalsOf(node.expression)
			.filter(ts.isObjectLiteralExpression)
			.flatMap(({ properties }) => properties.filter(ts.isPropertyAssignment))
			.map(({ initializer }) => initializer);
	if (ts.isCallExpression(node)) {
		const declaration = checker.getResolvedSignature(node)?.declaration;
		return declaration && isOurs(declaration) ? returned(declaration) : [];
	}
	if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return [];
	const declaration = declarationOf(node);
	if (!declaration || !isOurs(declaration)) return [];
	if (ts.isParameter(declaration)) return argumentsFor(declaration);
	if (
		(ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration)) &&
		declaration.initializer
	)
		return [declaration.initializer];
	return [];
}

const isOurs = (node: ts.Node) => files.includes(node.getSourceFile());

/** The lists and objects that an expression stands for. */
function literalsOf(node: ts.Expression): ts.Expression[] {
	if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) return [node];
	return closer(node).flatMap(literalsOf);
}

/** All texts that an expression can be. */
function textsOf(node: ts.Expression, depth = 0): string[] {
	if (ts.isStringLiteralLike(node)) return [node.text];
	if (ts.isTemplateExpression(node)) {
		return node.templateSpans.reduce(
			(starts, { expression, literal }) =>
				starts.flatMap((start) =>
					waysOf(expression, depth).map((way) => `${start}${way}${literal.text}`),
				),
			[node.head.text],
		);
	}
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
		return textsOf(node.left, depth).flatMap((left) =>
			textsOf(node.right, depth).map((right) => left + right),
		);
	const next = depth < DEEPEST ? closer(node) : [];
	return next.length > 0 ? next.flatMap((inner) => textsOf(inner, depth + 1)) : [HOLE];
}

/** What fills a hole in a text: the sentences that the code has for it. A name or a number stays open. */
function waysOf(node: ts.Expression, depth: number): string[] {
	const ways = [...new Set(textsOf(node, depth + 1))];
	const sentences = ways.filter((way) => way.split(' ').length >= SENTENCE);
	return sentences.length > 0 ? sentences : [HOLE];
}

const isError = (type: ts.Type): boolean =>
	type.symbol?.name === 'Error' ||
	(type.isClassOrInterface() && (checker.getBaseTypes(type) ?? []).some(isError));

const messageOf = (hint: ts.Expression): ts.Expression | undefined =>
	literalsOf(hint)
		.filter(ts.isObjectLiteralExpression)
		.flatMap(({ properties }) => properties.filter(ts.isPropertyAssignment))
		.find(({ name }) => name.getText() === 'message')?.initializer;

/** The expression in this node that people get to read as an error, if it has one. */
function shownBy(node: ts.Node): ts.Expression | undefined {
	if (ts.isNewExpression(node) && isError(checker.getTypeAtLocation(node))) {
		// n8n's own errors come with the node first.
		const given = node.arguments ?? [];
		return /^Node/.test(node.expression.getText()) ? given[1] : given[0];
	}
	if (ts.isCallExpression(node)) {
		const name = node.expression.getText();
		if (/\blogger(\.\w+|\[\w+\])$/.test(name)) return node.arguments[0];
		if (/\baddExecutionHints\??\.?$/.test(name)) return messageOf(node.arguments[0]);
	}
	// What a refused caller is told, and the advice beside Didit's own words.
	if (
		ts.isPropertyAssignment(node) &&
		/(trigger\/receive|transport\/advice)\.ts$/.test(node.getSourceFile().fileName) &&
		/^(error|say)$/.test(node.name.getText())
	)
		return node.initializer;
	return undefined;
}

export const errorTexts: ErrorText[] = all.flatMap((node) => {
	const shown = shownBy(node);
	if (!shown) return [];
	const file = node.getSourceFile();
	const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
	const at = `${file.fileName.replace(/^.*?(?=(nodes|credentials)\/)/, '')}:${line}`;
	return textsOf(shown).map((text) => ({ text: text.replace(/(… )+…/g, HOLE), at }));
});

// The formatting of n8n's own scaffold for nodes.
module.exports = {
	semi: true,
	trailingComma: 'all',
	bracketSpacing: true,
	useTabs: true,
	tabWidth: 2,
	arrowParens: 'always',
	singleQuote: true,
	quoteProps: 'as-needed',
	endOfLine: 'lf',
	printWidth: 100,
	// YAML allows no tabs, and Markdown's lists are aligned with spaces.
	overrides: [{ files: ['*.md', '*.yml'], options: { useTabs: false } }],
};

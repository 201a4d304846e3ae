// What the person sees in the browser after the verification, if the builder has no page of their own.

const PAGES = {
	done: { title: 'Thank you', text: 'Your verification is complete. You can close this page.' },
	pending: {
		title: 'Thank you',
		text: 'Your verification is being checked. You will hear from us. You can close this page.',
	},
	unavailable: {
		title: 'One moment please',
		text: 'Your verification was received. We could not load its result yet. You can close this page, or load it again in a minute.',
	},
};

export type PageName = keyof typeof PAGES;

/** No address, name or result in it: the page may be opened by anyone who has the link. */
export function page(name: PageName): string {
	const { title, text } = PAGES[name];
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>
:root { color-scheme: light dark; --back: #f4f5f9; --card: #fff; --ink: #1c2033; }
@media (prefers-color-scheme: dark) { :root { --back: #14161f; --card: #1f2230; --ink: #eceef6; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--ink); font: 1.1rem/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 1rem; padding: 2rem; border-radius: 1rem; background: var(--card); text-align: center; }
h1 { margin-top: 0; font-size: 1.5rem; }
</style>
</head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`;
}

export const PAGE_HEADERS = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
	'Cache-Control': 'no-store',
	// The address holds the token that resumes the execution.
	'Referrer-Policy': 'no-referrer',
};

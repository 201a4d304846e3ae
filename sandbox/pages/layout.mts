/** The frame of every page: plain HTML and CSS without any outside asset, readable on a phone and in the dark. */
import { Eta } from 'eta';

/** Escapes everything that a template prints with `<%= %>`. */
export const eta = new Eta({ useWith: false, autoEscape: true });

const STYLE = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #5b6675; --line: #dde3ea; --paper: #fff; --back: #f4f6f9; --accent: #2f5bd8;
	--good: #12734a; --good-back: #e2f5ec; --bad: #b3261e; --bad-back: #fdeceb; --wait: #8a5a00; --wait-back: #fff3d6; --idle: #4b5563; --idle-back: #eceff3; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --soft: #a3aebc; --line: #333d49; --paper: #1b222b; --back: #12171d; --accent: #8aa8ff;
	--good: #6fd6a5; --good-back: #133527; --bad: #ff9d96; --bad-back: #43201e; --wait: #f5c56b; --wait-back: #3d2f10; --idle: #b6c0cc; --idle-back: #2a323c; } }
* { box-sizing: border-box; } [hidden] { display: none !important; }
body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: var(--accent); }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: 0 0 1rem; }
.soft { color: var(--soft); }
.notice { background: var(--wait-back); color: var(--wait); padding: .7rem 1rem; text-align: center; font-size: .95rem; }
.card { width: calc(100% - 2rem); max-width: 27rem; margin: 1rem auto; padding: 1.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: 14px; }
.wide { max-width: 76rem; margin: 0 auto; padding: 1rem; }
ul.checks { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem; margin: 0 0 1.25rem; padding: 0; }
ul.checks li { padding: .2rem .7rem; border-radius: 999px; background: var(--idle-back); color: var(--idle); font-size: .92rem; }
form { display: grid; gap: .6rem; }
button { font: inherit; font-weight: 600; min-height: 3rem; padding: .5rem 1rem; border-radius: 10px; border: 1px solid var(--line); background: var(--paper); color: var(--ink); cursor: pointer; }
button:hover { border-color: currentColor; } button:focus-visible, a:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button.good { background: var(--good-back); color: var(--good); } button.bad { background: var(--bad-back); color: var(--bad); } button.wait { background: var(--wait-back); color: var(--wait); }
label { display: flex; gap: .6rem; align-items: flex-start; font-size: .92rem; color: var(--soft); margin-top: .4rem; } label input { margin-top: .3rem; }
.badge { display: inline-block; padding: .05rem .55rem; border-radius: 999px; font-size: .85rem; white-space: nowrap; background: var(--idle-back); color: var(--idle); }
.badge.good { background: var(--good-back); color: var(--good); } .badge.bad { background: var(--bad-back); color: var(--bad); } .badge.wait { background: var(--wait-back); color: var(--wait); }
.scroll { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { text-align: left; padding: .45rem .75rem; vertical-align: top; } th { color: var(--soft); font-weight: 600; white-space: nowrap; }
tr + tr td, thead + tbody td { border-top: 1px solid var(--line); } td.nowrap { white-space: nowrap; } code { font: .88em ui-monospace, SFMono-Regular, Menlo, monospace; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; font-size: .92rem; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
`;

const FRAME = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title><%= it.title %></title>
<style>${STYLE}</style>
<%~ it.head ?? '' %>
</head>
<body>
<%~ it.content %>
</body>
</html>
`;

/** @param content HTML from a template, so already escaped. */
export function frame(title: string, content: string, head = ''): string {
	return eta.renderString(FRAME, { title, content, head });
}

/** No outside source at all. Forms may lead anywhere, because a callback can be any address. */
export const PAGE_HEADERS = {
	'content-type': 'text/html; charset=utf-8',
	'cache-control': 'no-store',
	'referrer-policy': 'no-referrer',
	'content-security-policy':
		"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'",
};

/** The colour of a session's status. */
export function tone(status: string): 'good' | 'bad' | 'wait' | '' {
	if (status === 'Approved') return 'good';
	if (status === 'Declined' || status.endsWith('xpired')) return 'bad';
	return status === 'In Review' || status === 'Resubmitted' ? 'wait' : '';
}

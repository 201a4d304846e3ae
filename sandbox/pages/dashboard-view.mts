/** How the dashboard looks. */

/** Fetches the page every two seconds and swaps its content, so that neither the scroll position nor a selection is lost. */
export const HEAD = `<noscript><meta http-equiv="refresh" content="5"></noscript>
<script>
setInterval(async () => {
	if (document.hidden || String(getSelection())) return;
	try {
		const page = new DOMParser().parseFromString(await (await fetch('/')).text(), 'text/html');
		const open = [...document.querySelectorAll('details[open]')].map((element) => element.id);
		document.querySelector('main').replaceWith(page.querySelector('main'));
		for (const id of open) document.getElementById(id)?.setAttribute('open', '');
	} catch { document.getElementById('lost')?.removeAttribute('hidden'); }
}, 2000);
</script>`;

export const DASHBOARD = `<div class="notice" role="note"><strong>Sandbox.</strong> A local Didit for trying things out. Nothing here is real.</div>
<main class="wide">
<p id="lost" class="badge bad" hidden>The sandbox no longer answers.</p>
<h1>Didit sandbox</h1>
<dl>
<dt>Address</dt><dd><code><%= it.url %></code> for the token, the API and this page</dd>
<dt>Client ID</dt><dd><code><%= it.clientId %></code></dd>
<dt>Tokens</dt><dd><%= it.tokens %> given out, <%= it.tokenLifetime %> seconds each; a bad one is answered <%= it.authFailureStatus %></dd>
<dt>Balance</dt><dd><span class="badge <%= it.hasCredit ? 'good' : 'bad' %>">$ <%= it.balance %></span><% if (!it.hasCredit) { %> No session can be created; that is answered <%= it.noCreditStatus %>.<% } %></dd>
<dt>Rate limits</dt><dd><% for (const name of ['create', 'get', 'write', 'decision', 'pdf', 'data']) { %><%= name %> <%= it.rateLimits[name] ?? 'off' %>, <% } %>in <%= it.rateLimits.windowSeconds %> seconds</dd>
</dl>

<h2>Sessions <span class="soft">(<%= it.sessionCount %>)</span></h2>
<% if (it.sessions.length === 0) { %><p class="soft">None yet. Create one through the API.</p><% } else { %>
<div class="scroll"><table><thead><tr><th>No.</th><th>Status</th><th>Checked</th><th>Vendor data</th><th>Created</th><th>History</th><th>Page</th></tr></thead><tbody>
<% for (const row of it.sessions) { %><tr>
<td class="nowrap"><%= row.number %> <span class="soft"><%= row.version %></span></td>
<td><span class="badge <%= row.tone %>"><%= row.status %></span></td>
<td><%= row.checked %></td><td><code><%= row.vendorData %></code></td><td class="nowrap"><%= row.created %></td>
<td class="nowrap"><% for (const entry of row.history) { %><div><%= entry %></div><% } %></td>
<td><% if (row.url) { %><a href="<%= row.url %>" target="_blank" rel="noopener noreferrer">Open</a><% } %></td>
</tr><% } %>
</tbody></table></div><% } %>

<h2>Users and businesses <span class="soft">(<%= it.entityCount %>)</span></h2>
<% if (it.entities.length === 0) { %><p class="soft">None yet. The first session of a vendor data makes one.</p><% } else { %>
<div class="scroll"><table><thead><tr><th>Kind</th><th>Vendor data</th><th>Status</th><th>Sessions</th><th>Since</th></tr></thead><tbody>
<% for (const row of it.entities) { %><tr>
<td><%= row.kind %></td><td><code><%= row.vendorData %></code></td>
<td><span class="badge <%= row.tone %>"><%= row.status %></span><% if (row.blocked) { %> <span class="badge bad">no new sessions</span><% } %></td>
<td><%= row.sessions %></td><td class="nowrap"><%= row.since %></td>
</tr><% } %>
</tbody></table></div><% } %>

<h2>Requests received <span class="soft">(<%= it.requestCount %>)</span></h2>
<% if (it.requests.length === 0) { %><p class="soft">None yet.</p><% } else { %>
<div class="scroll"><table><thead><tr><th>Time</th><th>Call</th><th>Status</th><th>Credential</th><th>Fault</th></tr></thead><tbody>
<% for (const row of it.requests) { %><tr>
<td class="nowrap"><%= row.at %></td>
<td><code><%= row.method %> <%= row.path %></code><% if (row.parameters) { %> <span class="soft">with <%= row.parameters %></span><% } %></td>
<td><span class="badge <%= row.tone %>"><%= row.status %></span></td>
<td class="nowrap"><%= row.credential %></td><td><%= row.fault ?? '' %></td>
</tr><% } %>
</tbody></table></div>
<% if (it.requestCount > it.rows) { %><p class="soft">The newest <%= it.rows %>; all of them are at <a href="/sandbox/requests">/sandbox/requests</a>.</p><% } } %>

<h2>Webhook destinations <span class="soft">(<%= it.destinations.length %>)</span></h2>
<% if (it.destinations.length === 0) { %><p class="soft">None.<% if (it.legacyUrl) { %> Events of sessions go to the application's webhook URL, <code><%= it.legacyUrl %></code>.<% } %></p><% } else { %>
<div class="scroll"><table><thead><tr><th>Destination</th><th>Address</th><th>Version</th><th>Events</th></tr></thead><tbody>
<% for (const row of it.destinations) { %><tr><td><%= row.label %><% if (!row.enabled) { %> <span class="badge">off</span><% } %><% if (row.rotated) { %> <span class="badge wait">two secrets</span><% } %></td><td><code><%= row.url %></code></td><td><%= row.version %></td><td><%= row.events %></td></tr><% } %>
</tbody></table></div><% } %>

<h2>Deliveries <span class="soft">(<%= it.deliveryCount %>)</span></h2>
<% if (it.deliveries.length === 0) { %><p class="soft">None yet.</p><% } else { %>
<div class="scroll"><table><thead><tr><th>Time</th><th>Event</th><th>Address</th><th>State</th><th>Answers</th></tr></thead><tbody>
<% for (const row of it.deliveries) { %><tr>
<td class="nowrap"><%= row.at %></td><td class="nowrap"><%= row.type %><% if (row.status) { %>: <%= row.status %><% } %><% if (row.kind) { %> <span class="badge"><%= row.kind %></span><% } %></td>
<td><code><%= row.url %></code></td><td><span class="badge <%= row.tone %>"><%= row.state %></span></td><td><%= row.answers %></td>
</tr><% } %>
</tbody></table></div><% } %>

<h2>Mails that Didit would have sent <span class="soft">(<%= it.mailCount %>)</span></h2>
<% if (it.mails.length === 0) { %><p class="soft">None.</p><% } else { %>
<div class="scroll"><table><thead><tr><th>Time</th><th>To</th><th>About</th><th>Language</th></tr></thead><tbody>
<% for (const row of it.mails) { %><tr><td class="nowrap"><%= row.at %></td><td><%= row.to %></td><td><%= row.status %></td><td><%= row.language %></td></tr><% } %>
</tbody></table></div><% } %>

<h2>Faults in force</h2>
<% if (it.faults.length === 0) { %><p class="soft">None. <code>POST /sandbox/faults</code> adds one.</p><% } else { %>
<div class="scroll"><table><thead><tr><th>No.</th><th>Calls</th><th>What goes wrong</th><th>Used</th></tr></thead><tbody>
<% for (const row of it.faults) { %><tr><td><%= row.id %></td><td><code><%= row.where %></code></td><td><%= row.effect %></td><td><%= row.used %><% if (row.over) { %> <span class="badge">used up</span><% } %></td></tr><% } %>
</tbody></table></div><% } %>
</main>`;

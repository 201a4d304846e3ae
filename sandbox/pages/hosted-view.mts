/** How the hosted page looks. */
import { stepsOf } from '../model/decision/outcome.mts';
import { type Step } from '../model/decision/scenarios.mts';
import { type SessionRecord } from '../model/state.mts';
import { eta, frame, tone } from './layout.mts';

export interface Choice {
	value: string;
	label: string;
	tone: string;
}

const STEP_NAMES: Record<Step, string> = {
	OCR: 'Identity document',
	NFC: 'Chip of the document',
	LIVENESS: 'Liveness of the face',
	FACE_MATCH: 'Face against the document',
	PROOF_OF_ADDRESS: 'Proof of address',
	PHONE_VERIFICATION: 'Phone number',
	EMAIL_VERIFICATION: 'E-mail address',
	DATABASE_VALIDATION: 'Official registers',
	AML: 'Sanctions and watch lists',
	IP_ANALYSIS: 'Device and location',
	QUESTIONNAIRE: 'Questions',
	AGE_ESTIMATION: 'Age',
	KYB_REGISTRY: 'Company register',
	KYB_DOCUMENTS: 'Company documents',
	KYB_KEY_PEOPLE: 'Owners and directors',
};

const NOTICE =
	'<div class="notice" role="note"><strong>Sandbox.</strong> This is not Didit. Enter and upload no real data.</div>';

const FORM = `${NOTICE}
<main class="card">
<h1><%= it.business ? 'Verify your company' : 'Verify your identity' %></h1>
<p class="soft"><% if (it.label) { %>Workflow: <strong><%= it.label %></strong>. <% } %>In a real session, these are checked:</p>
<ul class="checks"><% for (const step of it.steps) { %><li><%= step %></li><% } %></ul>
<p>Choose how this session ends:</p>
<form method="post">
<% for (const choice of it.choices) { %><button name="result" value="<%= choice.value %>" class="<%= choice.tone %>"><%= choice.label %></button>
<% } %><label><input type="checkbox" name="stay" value="1"> Do not go back to the website, as if the browser had been closed</label>
</form>
<p class="soft" style="margin:1.25rem 0 0">Session <%= it.number %></p>
</main>`;

const MESSAGE = `${NOTICE}
<main class="card">
<h1><%= it.title %></h1>
<p><%= it.text %></p>
<% if (it.status) { %><p style="margin:0">Result: <span class="badge <%= it.tone %>"><%= it.status %></span></p><% } %>
</main>`;

export function hostedPage(session: SessionRecord, choices: Choice[]): string {
	const steps = stepsOf(session).map((step) => STEP_NAMES[step] ?? step);
	const business = session.session_kind === 'business';
	return frame(
		'Verification (sandbox)',
		eta.renderString(FORM, {
			business,
			steps,
			choices,
			label: session.workflow_label,
			number: session.session_number,
		}),
	);
}

export function messagePage(title: string, text: string, status?: string): string {
	return frame(
		`${title} (sandbox)`,
		eta.renderString(MESSAGE, { title, text, status, tone: tone(status ?? '') }),
	);
}

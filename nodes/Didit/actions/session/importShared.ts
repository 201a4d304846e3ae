// Session: Import Shared. Takes over a session that another Didit application has shared.
import { text, toggle } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { maskNumbers, mediaLinks } from '../common/privacy';
import { simplify } from '../common/simplify';
import { vendorDataField } from '../common/vendorData';
import { workflowId } from '../workflow/workflowId';
import { parseDecision, shownDecision } from './result';

const shareToken = text({
	label: 'Share Token',
	name: 'shareToken',
	diditName: 'share_token',
	required: true,
	ask: "Enter the token from the other application's 'Share' operation",
	typeOptions: { password: true },
	placeholder: 'e.g. eyJhbGciOi…',
	description: "The token from the other application's 'Share' operation. It can be used once.",
});

const workflow = workflowId({
	required: true,
	description: 'Your workflow to assign the session to',
});

const trustReview = toggle({
	label: "Trust the Other Application's Decision",
	name: 'trustReview',
	diditName: 'trust_review',
	description:
		"Whether to accept the other application's decision. If off, the session goes to your review queue.",
});

const vendorData = vendorDataField();

export const importShared: Operation = {
	option: {
		name: 'Import Shared',
		value: 'importShared',
		action: 'Import shared session',
		description: 'Import from another Didit application',
	},
	about: 'Returns a session result with shared_from_session.',
	effect: 'creates',
	fields: [shareToken, workflow, vendorData, trustReview, simplify],
	options: [mediaLinks, maskNumbers],
	needs: 'apiKey',
	async execute(call) {
		const body = call.body(shareToken, trustReview, workflow, vendorData);
		const decision = parseDecision(
			await call.request({ method: 'POST', path: '/v3/session/import-shared/', body }),
		);
		const shared = decision.shared_from_session ?? null;
		return [{ json: { ...shownDecision(call, decision), shared_from_session: shared } }];
	},
};

import type { Resource } from '../common/operation';
import { addReview } from './addReview';
import { block } from './block';
import { create } from './create';
import { deleteSession } from './delete';
import { downloadMedia } from './downloadMedia';
import { downloadPdf } from './downloadPdf';
import { get } from './get';
import { getAll } from './getAll';
import { getReviews } from './getReviews';
import { getWebhooks } from './getWebhooks';
import { importShared } from './importShared';
import { overrideCheck } from './overrideCheck';
import { resendWebhook } from './resendWebhook';
import { reviewAmlHits } from './reviewAmlHits';
import { share } from './share';
import { unblock } from './unblock';
import { updateData } from './updateData';
import { updateStatus } from './updateStatus';
import { waitForResult } from './waitForResult';

export const session: Resource = {
	option: { name: 'Session', value: 'session' },
	operations: [
		create,
		waitForResult,
		get,
		getAll,
		updateStatus,
		updateData,
		reviewAmlHits,
		overrideCheck,
		downloadPdf,
		downloadMedia,
		addReview,
		getReviews,
		block,
		unblock,
		share,
		importShared,
		getWebhooks,
		resendWebhook,
		deleteSession,
	],
};

/** All calls of the API that the sandbox speaks, one line a resource. */
import { type Resource } from '../gate.mts';
import { billing } from './billing.mts';
import { businesses, users } from './entity.mts';
import { session } from './session.mts';
import { sessionArm } from './session-arm.mts';
import { sessionData } from './session-data.mts';
import { sessionDelete } from './session-delete.mts';
import { sessionPdf, sessionPdfV1 } from './session-pdf.mts';
import { sessionReviews } from './session-reviews.mts';
import { sessionShare } from './session-share.mts';
import { sessionStatus, sessionStatusV1 } from './session-status.mts';
import { sessionV1 } from './session-v1.mts';
import { system } from './system.mts';
import { token } from './token.mts';
import { webhook } from './webhook.mts';
import { workflow } from './workflow.mts';

export const RESOURCES: Resource[] = [
	token,
	sessionV1,
	sessionStatusV1,
	sessionPdfV1,
	session,
	sessionStatus,
	sessionPdf,
	sessionDelete,
	sessionData,
	sessionReviews,
	sessionShare,
	sessionArm,
	users,
	businesses,
	billing,
	workflow,
	webhook,
	system,
];

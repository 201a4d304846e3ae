/** All calls of the API that the sandbox speaks, one line a resource. */
import { type Resource } from '../pipeline.mts';
import { billing } from './billing.mts';
import { aml } from './checks/aml.mts';
import { codes } from './checks/codes.mts';
import { blocklist } from './blocklist.mts';
import { fileChecks } from './checks/files.mts';
import { registers } from './checks/registers.mts';
import { lists } from './list.mts';
import { amlMonitoring } from './amlMonitoring.mts';
import { transactions } from './transaction.mts';
import { businesses, users } from './vendorRecord.mts';
import { session } from './session.mts';
import { sessionArm } from './sessionArm.mts';
import { sessionCheck } from './sessionCheck.mts';
import { sessionData } from './sessionData.mts';
import { sessionDelete } from './sessionDelete.mts';
import { sessionPdf, sessionPdfV1 } from './sessionPdf.mts';
import { sessionReviews } from './sessionReviews.mts';
import { sessionShare } from './sessionShare.mts';
import { sessionStatus, sessionStatusV1 } from './sessionStatus.mts';
import { sessionV1 } from './sessionV1.mts';
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
	sessionCheck,
	sessionReviews,
	sessionShare,
	sessionArm,
	users,
	businesses,
	billing,
	aml,
	codes,
	fileChecks,
	registers,
	workflow,
	lists,
	blocklist,
	transactions,
	amlMonitoring,
	webhook,
	system,
];

import type { Resource } from '../common/operation';
import { ageEstimation } from './ageEstimation';
import { aml } from './aml';
import { checkEmailCode } from './checkEmailCode';
import { checkPhoneCode } from './checkPhoneCode';
import { databaseValidation } from './databaseValidation';
import { faceMatch } from './faceMatch';
import { faceSearch } from './faceSearch';
import { idDocument } from './idDocument';
import { liveness } from './liveness';
import { proofOfAddress } from './proofOfAddress';
import { sendEmailCode } from './sendEmailCode';
import { sendPhoneCode } from './sendPhoneCode';
import { wallet } from './wallet';

export const check: Resource = {
	option: { name: 'Check', value: 'check' },
	operations: [
		aml,
		idDocument,
		faceMatch,
		liveness,
		ageEstimation,
		proofOfAddress,
		sendEmailCode,
		checkEmailCode,
		sendPhoneCode,
		checkPhoneCode,
		databaseValidation,
		faceSearch,
		wallet,
	],
};

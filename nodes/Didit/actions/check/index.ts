import type { Resource } from '../common/operation';
import { aml } from './aml';
import { checkEmailCode } from './checkEmailCode';
import { checkPhoneCode } from './checkPhoneCode';
import { sendEmailCode } from './sendEmailCode';
import { sendPhoneCode } from './sendPhoneCode';

export const check: Resource = {
	option: { name: 'Check', value: 'check' },
	operations: [aml, checkEmailCode, checkPhoneCode, sendEmailCode, sendPhoneCode],
};

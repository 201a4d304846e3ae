/**
 * The flat result of a check without a session, the same for all of them. Nothing that was sent is in it: no image, no
 * number, no address.
 */
import { firstText, text, type Fields } from '../json/read';
import { isVerified } from './statuses';
import { readWarnings } from './warnings';

/**
 * @param answer Didit's response
 * @param block the part of it that is about the check
 * @param read what the check has found, under the names of the result
 * @param masked document numbers in a warning show their end only
 */
export function readCheck(answer: Fields, block: Fields, read: Fields, masked: boolean): Fields {
	const status = firstText(answer.status, block.status);
	return {
		request_id: text(answer.request_id),
		status,
		verified: isVerified(status),
		...read,
		warnings: readWarnings({ warnings: block.warnings }, masked),
		vendor_data: text(answer.vendor_data),
		created_at: text(answer.created_at),
	};
}

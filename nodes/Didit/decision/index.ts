/** What the rest of the package uses of the decision reader. */
export { maskDocumentNumber } from './mask';
export {
	isFinal,
	isReviewNeeded,
	isSessionStatus,
	isVerified,
	SESSION_STATUSES,
	STATUSES,
} from './statuses';
export type { SessionStatus } from './statuses';
export type { SessionKind, Verdict, VerdictCheck, VerdictOptions, VerdictWarning } from './types';
export { readVerdict } from './verdict';

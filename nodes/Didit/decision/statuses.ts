/** The ten statuses of a session and what each of them means. */

interface StatusMeaning {
	/** Didit is done: waiting for a result ends here. A reviewer can still change it later. */
	final: boolean;
	/** A person at the builder's company has to look at the session in the Didit console. */
	reviewNeeded: boolean;
}

/**
 * In the order in which lists offer them: results first. Case and spaces are significant (docs.didit.me, "Verification statuses"). `Resubmitted` and `Awaiting User` (business
 * sessions) wait for the person, `In Review` for a reviewer.
 */
export const STATUSES = {
	Approved: { final: true, reviewNeeded: false },
	Declined: { final: true, reviewNeeded: false },
	'In Review': { final: false, reviewNeeded: true },
	Resubmitted: { final: false, reviewNeeded: false },
	Abandoned: { final: true, reviewNeeded: false },
	Expired: { final: true, reviewNeeded: false },
	'Kyc Expired': { final: true, reviewNeeded: false },
	'Not Started': { final: false, reviewNeeded: false },
	'In Progress': { final: false, reviewNeeded: false },
	'Awaiting User': { final: false, reviewNeeded: false },
} as const satisfies Record<string, StatusMeaning>;

export type SessionStatus = keyof typeof STATUSES;

export const SESSION_STATUSES = Object.keys(STATUSES) as SessionStatus[];

export function isSessionStatus(status: unknown): status is SessionStatus {
	return SESSION_STATUSES.includes(status as SessionStatus);
}

/** False for a status that is not in the table: a status that Didit adds later must not end a wait. */
export function isFinal(status: unknown): boolean {
	return isSessionStatus(status) && STATUSES[status].final;
}

export function isReviewNeeded(status: unknown): boolean {
	return isSessionStatus(status) && STATUSES[status].reviewNeeded;
}

/** The one rule of the package: only `Approved`, letter by letter, is a verified person or company. */
export function isVerified(status: unknown): boolean {
	return status === 'Approved';
}

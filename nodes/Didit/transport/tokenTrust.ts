// What a refused token means. A 401 or 403 can be an expired token or a real refusal, and Didit's words don't tell which.

/** Milliseconds in which a token that was just issued is believed rather than replaced. */
const FRESH_FOR = 60_000;

/**
 * `replace`: another token may help. `tryAgain`: send the same request once more with the same token, which shows whether
 * only this request is refused. `believe`: it is a real refusal.
 */
export type Meaning = 'replace' | 'tryAgain' | 'believe';

export class TokenTrust {
	/** The current token got a good response. */
	private proven = false;

	/** Milliseconds since 1970; 0 if the current token was not issued for this execution. */
	private issuedAt = 0;

	/** How often a fresh token was replaced. Each time takes twice as many refusals as the time before. */
	private replaced = 0;

	/** Refusals of the current token in a row, without a good response between them. */
	private refusals = 0;

	/** The current token got a good response. */
	accepted(): void {
		this.proven = true;
		this.refusals = 0;
	}

	/** Another execution or process has got the token that is used from now on. */
	tookOver(): void {
		this.issuedAt = 0;
	}

	/** @param isSecondTry whether the same request was refused before with the same token */
	refused(isSecondTry: boolean): Meaning {
		const now = Date.now();
		const isFresh = now - this.issuedAt <= FRESH_FOR;
		if (!isFresh) this.replaced = 0;
		this.refusals++;
		if (!isFresh || (this.proven && this.refusals >= 2 ** this.replaced)) {
			Object.assign(this, { issuedAt: now, proven: false, refusals: 0 });
			this.replaced++;
			return 'replace';
		}
		return this.proven && !isSecondTry ? 'tryAgain' : 'believe';
	}
}

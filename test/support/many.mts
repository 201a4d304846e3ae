/** How many invented cases a test takes. Mutation tests run each test hundreds of times, so there they are fewer. */
export const many = (count: number): number =>
	process.env.DIDIT_FEW_CASES ? Math.min(count, 50) : count;

// A pause of the package takes a fiftieth of its time, and then its clock is where the pause would have ended.
const SPEED = 50;

/** For `jest.mock('n8n-workflow', …)`: n8n's `sleep` is the only way in which the package waits. */
export function withShortPauses() {
	const real = jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow');
	const clock = Date.now.bind(Date);
	let ahead = 0;
	Date.now = () => clock() + ahead;
	const sleep: typeof real.sleep = async (milliseconds, signal) => {
		const end = Date.now() + milliseconds;
		await real.sleep(milliseconds / SPEED, signal);
		ahead = Math.max(ahead, end - clock());
	};
	return { ...real, sleep };
}

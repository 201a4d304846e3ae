// Which refusals of a token get another one, and which are believed.
import { TokenTrust } from '../../../nodes/Didit/transport/tokenTrust.ts';

beforeEach(() => jest.useFakeTimers({ now: 1_790_000_000_000 }));
afterEach(() => jest.useRealTimers());
const pass = (seconds: number) => jest.setSystemTime(Date.now() + seconds * 1000);

it('replaces a token that was never replaced, and believes the refusal of the new one', () => {
	const trust = new TokenTrust();
	expect([trust.refused(false), trust.refused(false), trust.refused(true)]).toEqual([
		'replace',
		'believe',
		'believe',
	]);
});

it('replaces a token that worked and is refused twice within a minute', () => {
	const trust = new TokenTrust();
	trust.refused(false);
	trust.accepted();
	expect([trust.refused(false), trust.refused(true)]).toEqual(['tryAgain', 'replace']);
});

it('believes a refusal among good responses, after a second try', () => {
	const trust = new TokenTrust();
	trust.refused(false);
	trust.accepted();
	for (let item = 0; item < 100; item++) {
		expect(trust.refused(false)).toBe('tryAgain');
		trust.accepted();
		expect(trust.refused(true)).toBe('believe');
		trust.accepted();
	}
});

it('asks for fewer and fewer tokens when fresh ones are refused again and again', () => {
	const trust = new TokenTrust();
	let replaced = 0;
	for (let request = 0; request < 1000; request++) {
		if (trust.refused(request % 2 === 1) === 'replace') {
			replaced++;
			trust.accepted();
		}
	}
	expect(replaced).toBeGreaterThan(2);
	expect(replaced).toBeLessThan(12);
});

it('tries another token after a minute, also if none ever worked', () => {
	const trust = new TokenTrust();
	trust.refused(false);
	expect(trust.refused(false)).toBe('believe');
	pass(60);
	expect(trust.refused(false)).toBe('believe');
	pass(0.001);
	expect([trust.refused(false), trust.refused(false)]).toEqual(['replace', 'believe']);
});

it('counts refusals anew for a token that has worked, and after a minute without one', () => {
	const trust = new TokenTrust();
	trust.refused(false);
	trust.accepted();
	expect([trust.refused(false), trust.refused(true)]).toEqual(['tryAgain', 'replace']);
	trust.accepted();
	// The second replacement takes four refusals.
	const second = [1, 2, 3, 4].map(() => trust.refused(true));
	expect(second).toEqual(['believe', 'believe', 'believe', 'replace']);
	pass(61);
	expect(trust.refused(false)).toBe('replace');
	trust.accepted();
	expect([trust.refused(true), trust.refused(true)]).toEqual(['believe', 'replace']);
});

it('replaces at once a token that another execution has got', () => {
	const trust = new TokenTrust();
	trust.refused(false);
	trust.tookOver();
	expect(trust.refused(false)).toBe('replace');
});

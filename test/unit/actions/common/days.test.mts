// Which day it is that a text, a moment or a spreadsheet's number stands for.
import { toDay } from '../../../../nodes/Didit/actions/common/days.ts';
import { isMissing } from '../../../../nodes/Didit/actions/common/ids.ts';
import { InputError } from '../../../../nodes/Didit/transport/errors.ts';

const MADRID = { label: 'Some Field', timeZone: 'Europe/Madrid' };

it.each<[unknown, string]>([
	[10_000, '1927-05-18'],
	[80_000.9, '2119-01-11'],
	[' 33024.75 ', '1990-05-31'],
	[9_999, '9999'],
	[80_001, '80001'],
	['9999', '9999'],
	['133024', '133024'],
	['33024x', '33024x'],
])('the number %p is the day %s', (given, day) => expect(toDay(given, MADRID)).toBe(day));

it.each([
	['1990-05-30T22:00Z', '1990-05-31'],
	['1990-05-30 22:00:00Z', '1990-05-31'],
	['1990-05-30T22:00:00+00:00', '1990-05-31'],
	['1990-05-30T22:00:00+0000', '1990-05-31'],
	['1990-05-30T22:00:00.000000000Z', '1990-05-31'],
	['1990-05-30T22:00:00.0000000000Z', '1990-05-30'],
	['1990-05-30T22:00:00.999Z', '1990-05-31'],
	['1990-05-30T22:00:00+02:00', '1990-05-30'],
	['1990-05-30T22:00:00', '1990-05-30'],
	['1990-05-30T22:00:01Z', '1990-05-30'],
	['1990-05-30T21:59:59Z', '1990-05-30'],
	['1990-05-30T99:00:00Z', '1990-05-30'],
	['1990-05-30T22:00:00Z and more', '1990-05-30'],
	['', ''],
])('the moment %j is the day %j in Madrid', (given, day) => expect(toDay(given, MADRID)).toBe(day));

it.each(['1990-05-31T00:00Z', '1990-05-31 00:00:00.000Z', '1990-05-31T00:00:00+00:00'])(
	'midnight in UTC (%s) is its day in any time zone',
	(given) => {
		for (const timeZone of ['America/New_York', 'Asia/Tokyo', undefined])
			expect(toDay(given, { ...MADRID, timeZone })).toBe('1990-05-31');
	},
);

it('takes no list for a number', () => {
	expect(() => toDay(['33024'], MADRID)).toThrow(InputError);
});

it('takes the time zone of the machine only where that of the workflow says nothing', () => {
	const zone = jest
		.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions')
		.mockReturnValue({ timeZone: 'Asia/Tokyo' } as Intl.ResolvedDateTimeFormatOptions);
	try {
		const without = { label: 'Some Field' };
		expect(toDay('1990-05-30T15:00:00Z', without)).toBe('1990-05-31');
		expect(toDay('1990-05-30T15:30:00Z', without)).toBe('1990-05-30');
	} finally {
		zone.mockRestore();
	}
});

it('tells a missing ID by what JavaScript prints for it, alone', () => {
	for (const missing of ['undefined', ' null\n', 'NaN', '', undefined, null, []])
		expect(isMissing(missing)).toBe(true);
	for (const id of ['nullable', 'not null', 'x NaN', 0, ['null']])
		expect(isMissing(id)).toBe(false);
});

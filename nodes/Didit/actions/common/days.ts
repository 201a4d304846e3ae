// Days and moments, from whatever n8n's nodes give for them: text, dates, spreadsheets' numbers. A moment is a day in some
// time zone, and a text without one means the zone of the n8n workflow.
import { toText } from './values';
import type { Field } from './values';

/** Day and time of day on the clocks of a time zone, e.g. 1990-05-31 and 00:00:00. */
function onClocks(moment: Date, timeZone: string): { day: string; time: string } {
	const parts = Object.fromEntries(
		new Intl.DateTimeFormat('en', {
			timeZone,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit',
		})
			.formatToParts(moment)
			.map(({ type, value }) => [type, value]),
	);
	return {
		day: `${parts.year.padStart(4, '0')}-${parts.month}-${parts.day}`,
		time: `${parts.hour}:${parts.minute}:${parts.second}`,
	};
}

/** The day that begins with the second of this moment. Where clocks are put forward at midnight, it begins later. */
function dayBeginning(moment: Date, timeZone: string): string | undefined {
	const { day } = onClocks(moment, timeZone);
	const second = Math.floor(moment.getTime() / 1000) * 1000;
	const before = onClocks(new Date(second - 1), timeZone);
	return before.day === day ? undefined : day;
}

/**
 * The moment at which the clocks of a time zone show this.
 * @param shown milliseconds since 1970, as if the time zone were UTC
 */
export function momentAt(shown: number, timeZone: string): number {
	const offsetAt = (moment: number) => {
		const { day, time } = onClocks(new Date(moment), timeZone);
		return Date.parse(`${day}T${time}Z`) - Math.floor(moment / 1000) * 1000;
	};
	// The second step matters on the day on which clocks change.
	return shown - offsetAt(shown - offsetAt(shown));
}

/** Spreadsheets count days from here. Smaller numbers could be years, larger ones times. */
const SPREADSHEET_START = Date.UTC(1899, 11, 30);
const SPREADSHEET_DAYS = { least: 10_000, most: 80_000 };
const DAY_MS = 86_400_000;

/**
 * A day, from whatever n8n's nodes give for one: text, a date, a spreadsheet's number.
 * Databases and date pickers give a day as its midnight in UTC or in the time zone of the workflow.
 * @returns year-month-day as it stands there, not checked any further; empty for nothing
 */
export function toDay(value: unknown, field: Field): string {
	if (
		typeof value === 'number' ||
		(typeof value === 'string' && /^\s*\d{5}(\.\d+)?\s*$/.test(value))
	) {
		const days = Math.floor(Number(value));
		const isSerial = days >= SPREADSHEET_DAYS.least && days <= SPREADSHEET_DAYS.most;
		return isSerial
			? new Date(SPREADSHEET_START + days * DAY_MS).toISOString().slice(0, 10)
			: String(value);
	}
	const text = toText(value, field);
	const [day, , time] = text.split(/([T ])/, 3);
	// A day without a time, or with one that is stated in its own zone.
	const isUtcMoment =
		time !== undefined && /^\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|\+00:?00)$/.test(time);
	if (!isUtcMoment) return day;
	const moment = new Date(text.replace(' ', 'T'));
	if (Number.isNaN(moment.getTime())) return day;
	// Drivers of databases use the time zone of the machine.
	const zones = [field.timeZone ?? 'UTC', new Intl.DateTimeFormat().resolvedOptions().timeZone];
	return (
		zones.map((zone) => dayBeginning(moment, zone)).find((found) => found !== undefined) ?? day
	);
}

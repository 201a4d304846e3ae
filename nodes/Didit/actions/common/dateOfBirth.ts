// When a person was born.
import { date } from './checks';
import { day } from './fieldKinds';

export const dateOfBirthField = (change: Partial<Parameters<typeof day>[0]> = {}) =>
	day({
		label: 'Date of Birth',
		name: 'dateOfBirth',
		diditName: 'date_of_birth',
		check: date,
		example: '1990-05-31',
		description: 'Year-month-day',
		...change,
	});

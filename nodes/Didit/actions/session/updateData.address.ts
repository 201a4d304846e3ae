// The parts of an address, which Didit keeps beside the address as one text.
import { atMost, shortCountry } from '../common/checks';
import { group, text } from '../common/fieldKinds';

const part = (label: string, name: string, diditName: string, example: string) =>
	text({ label, name, diditName, example, check: atMost(255) });

/** @param diditName the document's and the proof's have names of their own */
export const addressParts = (diditName: string) =>
	group({
		label: 'Address Parts',
		name: 'addressParts',
		diditName,
		fields: [
			part('City', 'city', 'city', 'Exampleton'),
			text({
				label: 'Country',
				name: 'country',
				diditName: 'country',
				example: 'ES',
				check: shortCountry,
				description: 'Two or three letters',
			}),
			part('Postal Code', 'postalCode', 'postal_code', '00001'),
			part('Region', 'region', 'region', 'Example Region'),
			part('Street', 'street1', 'street_1', '1 Example Street'),
			part('Street, Second Line', 'street2', 'street_2', 'Flat 2'),
		],
	});

// The parts of an address, which Didit keeps beside the address as one text.
import { shortCountry } from '../common/checks';
import { group, text } from '../common/fieldKinds';
import { shortText } from '../common/shortText';

/** @param diditName the document's and the proof's have names of their own */
export const addressParts = (diditName: string) =>
	group({
		label: 'Address Parts',
		name: 'addressParts',
		diditName,
		fields: [
			shortText('City', 'city', 'city', 'Exampleton'),
			text({
				label: 'Country',
				name: 'country',
				diditName: 'country',
				example: 'ES',
				check: shortCountry,
				description: 'Two or three letters',
			}),
			shortText('Postal Code', 'postalCode', 'postal_code', '00001'),
			shortText('Region', 'region', 'region', 'Example Region'),
			shortText('Street', 'street1', 'street_1', '1 Example Street'),
			shortText('Street, Second Line', 'street2', 'street_2', 'Flat 2'),
		],
	});

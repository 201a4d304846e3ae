// Session: Create, 'Expected Details': what the builder already knows about the person or business.
import { InputError } from '../../transport/errors';
import { atMost, country, registryCountry } from '../common/checks';
import { dateOfBirthField } from '../common/dateOfBirth';
import { ipAddress } from '../common/contactChecks';
import { EXPECTED_DOCUMENT_TYPES } from '../common/documentTypes';
import { choice, choices, group, ownId, text } from '../common/fieldKinds';

export const expectedDetails = group({
	label: 'Expected Details',
	name: 'expectedDetails',
	diditName: 'expected_details',
	placeholder: 'Add detail',
	description: 'What you already know about the person. Didit compares it with the document.',
	fields: [
		text({
			label: 'Address',
			name: 'address',
			diditName: 'address',
			example: '1 Example Street, Exampleton',
			description: "Also needs 'Country' or 'Proof of Address Country'",
		}),
		text({
			label: 'Company Name',
			name: 'companyName',
			diditName: 'company_name',
			check: atMost(255),
			example: 'Example Ltd',
			description: 'For business workflows',
		}),
		text({
			label: 'Country',
			name: 'country',
			diditName: 'country',
			check: country,
			example: 'ESP',
			description: 'Two or three letters',
		}),
		dateOfBirthField(),
		choices({
			label: 'Expected Document Types',
			name: 'expectedDocumentTypes',
			diditName: 'expected_document_types',
			options: EXPECTED_DOCUMENT_TYPES,
		}),
		text({ label: 'First Name', name: 'firstName', diditName: 'first_name', example: 'Nora' }),
		choice({
			label: 'Gender',
			name: 'gender',
			diditName: 'gender',
			options: [
				{ name: 'Female', value: 'F' },
				{ name: 'Male', value: 'M' },
			],
		}),
		text({
			label: 'ID Country',
			name: 'idCountry',
			diditName: 'id_country',
			check: country,
			example: 'ESP',
			description: 'The country that issued the document',
		}),
		ownId({
			label: 'Identification Number',
			name: 'identificationNumber',
			diditName: 'identification_number',
			example: '00000000T',
		}),
		text({
			label: 'IP Address',
			name: 'ipAddress',
			diditName: 'ip_address',
			check: ipAddress,
			example: '203.0.113.7',
		}),
		text({ label: 'Last Name', name: 'lastName', diditName: 'last_name', example: 'Sample' }),
		text({
			label: 'Nationality',
			name: 'nationality',
			diditName: 'nationality',
			check: country,
			example: 'ESP',
			description: 'Two or three letters',
		}),
		text({
			label: 'Proof of Address Country',
			name: 'poaCountry',
			diditName: 'poa_country',
			check: country,
			example: 'ESP',
			description: 'Two or three letters',
		}),
		ownId({
			label: 'Registration Number',
			name: 'registrationNumber',
			diditName: 'registration_number',
			check: atMost(100),
			example: '12345678',
			description: 'For business workflows',
		}),
		text({
			label: 'Registry Country',
			name: 'registryCountry',
			diditName: 'registry_country',
			check: registryCountry,
			example: 'ES',
			description: 'For business workflows. Two or three letters, or two with a region: US-CA.',
		}),
	],
	together(details) {
		if (!details.address || details.country || details.poa_country) return details;
		throw new InputError(
			"'Address' needs a country",
			"Enter 'Country' or 'Proof of Address Country' too",
		);
	},
});

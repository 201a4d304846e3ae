// A business: the company behind one or more sessions.
import { atMost, registryCountry } from '../common/checks';
import { ownId, text } from '../common/fieldKinds';
import { customMetadata } from '../common/customMetadata';
import { recordIdField } from '../vendorRecord/vendorRecord';
import type { VendorRecord } from '../vendorRecord/vendorRecord';

export const business: VendorRecord = {
	one: 'business',
	many: 'businesses',
	their: 'its',
	idLabel: 'Your Business ID (Vendor Data)',
	exampleId: 'business-42',
	path: '/v3/businesses/',
	sessionKind: 'business',
	idField: recordIdField('Business', 'businessId', 'searchBusinesses', 'business-42'),
	fields: [
		text({
			label: 'Country Code',
			name: 'countryCode',
			diditName: 'country_code',
			check: registryCountry,
			example: 'ES',
			description: 'Two or three letters, or two with a region: US-CA',
		}),
		text({
			label: 'Display Name',
			name: 'displayName',
			diditName: 'display_name',
			check: atMost(255),
			example: 'Example',
			description: 'The name that the Didit console shows',
		}),
		text({
			label: 'Legal Name',
			name: 'legalName',
			diditName: 'legal_name',
			check: atMost(255),
			example: 'Example Ltd',
		}),
		customMetadata,
		ownId({
			label: 'Registration Number',
			name: 'registrationNumber',
			diditName: 'registration_number',
			check: atMost(100),
			example: '12345678',
		}),
	],
	simpleFields: [
		'vendor_data',
		'didit_internal_id',
		'status',
		'effective_name',
		'legal_name',
		'registration_number',
		'country_code',
		'session_count',
		'approved_count',
		'declined_count',
		'in_review_count',
		'last_session_at',
		'created_at',
	],
};

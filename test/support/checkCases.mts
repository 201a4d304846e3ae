// Made-up parameters for the checks without a session, most of them good, some of them nonsense.
import fc from 'fast-check';
import {
	date,
	email,
	orGarbage,
	several,
	simplify,
	someOf,
	text,
	vendorData,
} from './generated.mts';

const name = orGarbage(fc.string({ unit: 'grapheme', minLength: 2, maxLength: 80 }));
const percent = (min: number, max: number) => orGarbage(fc.integer({ min, max }));
const kept = { saveCheck: orGarbage(fc.boolean()) };

const phone = orGarbage(fc.constantFrom('+34 600 000 000', '0034600000001'));
const code = orGarbage(fc.constantFrom('123456', '123 456', '0042', 123456));
const message = {
	codeLength: orGarbage(fc.integer({ min: 4, max: 8 })),
	language: orGarbage(fc.constantFrom('es', 'pt-BR', 'tlh')),
	device: someOf({ ipAddress: orGarbage(fc.ipV4()), deviceId: text, userAgent: text }),
};

const file = orGarbage(fc.constant('data'));
const face = { rotateImage: fc.boolean(), ...kept };
const upload = (operation: string, own: object, options: object) => ({
	resource: 'check',
	operation,
	parameters: fc.record({ ...own, vendorData, simplify, options: someOf({ ...options, ...kept }) }),
});

const FILES = [
	upload('liveness', { faceImage: file }, { livenessThreshold: percent(0, 100), ...face }),
	upload(
		'ageEstimation',
		{ faceImage: file, lowestAge: orGarbage(fc.integer({ min: 0, max: 120 })) },
		{ livenessThreshold: percent(0, 100), ...face },
	),
	upload(
		'faceMatch',
		{ faceImage: file, referenceImage: file },
		{ scoreThreshold: percent(0, 100), ...face },
	),
	upload(
		'faceSearch',
		{ faceImage: file, searchType: fc.constantFrom('most_similar', 'blocklisted_or_approved') },
		face,
	),
	upload(
		'idDocument',
		{ frontImage: file, backImage: fc.constantFrom('', 'data') },
		{
			detectCopies: fc.boolean(),
			frontPassword: text,
			preferredCharacters: fc.constantFrom('latin', 'non_latin'),
			declineFor: several('invalid_mrz_action'),
			ignore: several('inconsistent_data_action'),
		},
	),
	upload(
		'proofOfAddress',
		{
			document: file,
			firstName: text,
			lastName: text,
			address: text,
			country: orGarbage(fc.constantFrom('ESP', 'prt')),
		},
		{
			documentPassword: text,
			declineFor: several('poa_name_mismatch_action'),
			ignore: several('poa_document_issues_action'),
		},
	),
];

const other = orGarbage(
	fc.constantFrom('{"voter_id": "x"}', '{"address": {"city": "Exampleton"}}', '{"nope": "x"}'),
);

export const CHECKS = [
	{
		resource: 'check',
		operation: 'databaseValidation',
		parameters: fc.record({
			country: fc.constantFrom('ESP', 'prt'),
			identificationNumber: text,
			firstName: text,
			lastName: text,
			dateOfBirth: date,
			otherIdentifiers: other,
			consent: fc.boolean(),
			vendorData,
			simplify,
			options: someOf({
				services: orGarbage(fc.constantFrom('one', 'one, two')),
				declineFor: several('no_match_action'),
				ignore: several('partial_match_action'),
				...kept,
			}),
		}),
	},
	{
		resource: 'check',
		operation: 'wallet',
		parameters: fc.record({
			walletAddress: text,
			blockchain: orGarbage(fc.constantFrom('BTC', 'ETH', 'Base')),
			direction: orGarbage(fc.constantFrom('inbound', 'outbound')),
			simplify,
		}),
	},
	...FILES,
	{
		resource: 'check',
		operation: 'sendPhoneCode',
		parameters: fc.record({
			phoneNumber: phone,
			channel: orGarbage(fc.constantFrom('sms', 'Voice Call', 'whatsapp')),
			vendorData,
			simplify,
			options: someOf(message),
		}),
	},
	{
		resource: 'check',
		operation: 'sendEmailCode',
		parameters: fc.record({
			email,
			vendorData,
			simplify,
			options: someOf({ ...message, codeWithLetters: fc.boolean(), branding: fc.boolean() }),
		}),
	},
	{
		resource: 'check',
		operation: 'checkPhoneCode',
		parameters: fc.record({
			phoneNumber: phone,
			code,
			simplify,
			options: someOf({
				declineFor: several('voip_number_action', 'disposable_number_action'),
			}),
		}),
	},
	{
		resource: 'check',
		operation: 'checkEmailCode',
		parameters: fc.record({
			email,
			code,
			simplify,
			options: someOf({
				declineFor: several('breached_email_action', 'disposable_email_action'),
			}),
		}),
	},
	{
		resource: 'check',
		operation: 'aml',
		parameters: fc.record({
			entityType: orGarbage(fc.constantFrom('person', 'company', 'Person')),
			fullName: name,
			dateOfBirth: date,
			nationality: orGarbage(fc.constantFrom('ES', 'pt')),
			documentNumber: text,
			includeAdverseMedia: fc.boolean(),
			vendorData,
			simplify,
			options: someOf({
				approveThreshold: percent(0, 70),
				reviewThreshold: percent(71, 101),
				matchThreshold: percent(0, 100),
				nameWeight: orGarbage(fc.constant(60)),
				birthWeight: orGarbage(fc.constant(25)),
				countryWeight: orGarbage(fc.constant(15)),
				monitor: orGarbage(fc.boolean()),
				...kept,
			}),
		}),
	},
];

// Check: Identity Document. Reads an ID document, and tells whether it is real and valid.
import { readPerson } from '../../decision/person';
import { maskDocumentNumber } from '../../decision/mask';
import { choice, text, toggle } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { maskNumbers, mediaLinks, outputWish } from '../common/privacy';
import { simplify } from '../common/simplify';
import { fileField, formOf, readUpload } from '../common/upload';
import { charged, checkItem, runCheck, saveCheck, vendorData } from './check';
import { declineFor, ignore, riskBody } from './risks';

const front = fileField({
	label: 'Front Image Field',
	name: 'frontImage',
	diditName: 'front_image',
	default: 'data',
	most: 10,
	pdf: true,
	required: true,
});

const back = fileField({
	label: 'Back Image Field',
	name: 'backImage',
	diditName: 'back_image',
	default: '',
	most: 10,
	pdf: true,
});

const copies = toggle({
	label: 'Detect Copies',
	name: 'detectCopies',
	diditName: 'perform_document_liveness',
	description: 'Whether to look for screens, prints and replaced photos',
});

const password = (label: string, name: string, diditName: string) =>
	text({ label, name, diditName, typeOptions: { password: true }, description: 'Of the PDF' });

const characters = choice({
	label: 'Preferred Characters',
	name: 'preferredCharacters',
	diditName: 'preferred_characters',
	options: [
		{ name: 'Latin', value: 'latin' },
		{ name: 'Not Latin', value: 'non_latin' },
	],
});

const RISKS = {
	critical_field_occlusion_action: 'Covered Field',
	document_or_personal_number_format_mismatch_action: 'Number of the Wrong Form',
	expiration_date_not_detected_action: 'No Expiration Date',
	inconsistent_data_action: 'Contradicting Data',
	invalid_mrz_action: 'MRZ Not Valid',
};
const declines = declineFor(RISKS);
const ignores = ignore(RISKS);

const OPTIONS = [
	copies,
	password('Front Password', 'frontPassword', 'front_image_password'),
	password('Back Password', 'backPassword', 'back_image_password'),
	characters,
	saveCheck,
];

export const idDocument: Operation = {
	option: {
		name: 'Identity Document',
		value: 'idDocument',
		action: 'Check an identity document',
		description: "Read an ID document, and tell whether it's real",
	},
	about:
		'Returns a check result with full_name, first_name, last_name, date_of_birth, age, gender, nationality, document_type, document_number, document_expires, issuing_country, address.',
	effect: 'creates',
	fields: [charged, front, back, vendorData, simplify],
	options: [...OPTIONS, declines, ignores, mediaLinks, maskNumbers],
	takesFiles: true,
	needs: 'apiKey',
	async execute(call) {
		const fields = {
			...call.body(vendorData),
			...call.optionsBody(OPTIONS),
			...riskBody(call, declines, ignores),
		};
		const form = formOf(fields, [
			[front, await readUpload(call, front)],
			[back, await readUpload(call, back)],
		]);
		const answer = await runCheck(call, { path: '/v3/id-verification/', form }, 'id_verification');
		return checkItem(call, answer, 'id_verification', (document) => {
			const person = readPerson({ id_verifications: [document] });
			const { document_number: number } = person;
			const masked = outputWish(call).maskedNumbers && number !== null;
			return { ...person, document_number: masked ? maskDocumentNumber(number) : number };
		});
	},
};

/**
 * What "Try Webhook" of the Didit console sends, as third parties captured it in 2026: an invented event that looks like
 * none of a real session. No event_id, application or environment, scores from 0 to 1 under other names, no warnings.
 */
import { randomUUID } from 'node:crypto';
import { type Status } from '../model/records.mts';
import { now, type State } from '../model/state.mts';
import { isSessionEvent } from './payloads.mts';
import { type Payload } from './records.mts';

const MARK = { test_webhook: true };
const VENDOR_DATA = 'test-vendor-data-123';
const CREATED_AT = '2024-01-15T10:30:00.000000Z';

export interface TestDelivery {
	webhook_type?: string;
	status?: Status;
	/** A person with a name beyond ASCII. */
	unicode?: boolean;
}

const link = (name: string) => `https://cdn.didit.example/test/${randomUUID()}/${name}.jpg`;

function document(status: Status, unicode: boolean): Payload {
	const [first_name, last_name] = unicode ? ['José 🙂', 'Núñez Łódź 見本'] : ['Ada', 'Sample'];
	return {
		status,
		full_name: `${first_name} ${last_name}`,
		first_name,
		last_name,
		date_of_birth: '1988-02-14',
		document_type: "Driver's License",
		document_number: 'XX0000002',
		issuing_state: 'USA',
		issuing_state_name: 'United States',
		nationality: 'USA',
		expiration_date: '2031-02-14',
		date_of_issue: '2021-02-14',
		age: 36,
		gender: 'M',
		address: '1 Example Street, Exampleton, NY 00000',
		formatted_address: null,
		place_of_birth: 'Exampleville',
		personal_number: null,
		marital_status: 'UNKNOWN',
		parsed_address: {
			street_1: '1 Example Street',
			street_2: 'Flat 2',
			city: 'Exampleton',
			region: 'EX',
			postal_code: '00000',
			country: 'USA',
		},
		front_image: link('front'),
		back_image: link('back'),
		portrait_image: link('portrait'),
		full_front_image: link('full_front'),
		full_back_image: link('full_back'),
		front_video: null,
		back_video: null,
		front_image_camera_front: null,
		back_image_camera_front: null,
		front_image_camera_front_face_match_score: null,
		back_image_camera_front_face_match_score: null,
		extra_fields: { dl_categories: ['C'], reference_number: '000000001' },
		extra_files: [],
		warnings: [],
		node_id: 'node-id-verification-1',
	};
}

function steps(status: Status, unicode: boolean): Payload {
	const shown = document(status, unicode);
	return {
		id_verifications: [shown],
		nfc_verifications: null,
		liveness_checks: [
			{ status, liveness_score: 0.98, face_image: link('liveness'), node_id: 'node-liveness-1' },
		],
		face_matches: [
			{
				status,
				face_match_score: 0.94,
				similarity_percentage: 94,
				node_id: 'node-face-match-1',
			},
		],
		poa_verifications: null,
		phone_verifications: null,
		email_verifications: null,
		aml_screenings: [
			{
				status,
				total_hits: 0,
				screened_data: { full_name: shown.full_name, date_of_birth: shown.date_of_birth },
				hits: [],
				is_ongoing_monitoring_enabled: false,
				ongoing_monitoring_last_check: null,
				node_id: 'node-aml-1',
			},
		],
		ip_analyses: [
			{
				ip_address: '203.0.113.7',
				country: 'ESP',
				country_name: 'Spain',
				city: 'Madrid',
				region: 'Community of Madrid',
				latitude: 40.4168,
				longitude: -3.7038,
				is_vpn: false,
				is_proxy: false,
				is_tor: false,
				is_datacenter: false,
				risk_score: 5,
				node_id: 'node-ip-analysis-1',
			},
		],
		database_validations: null,
		questionnaire_responses: null,
	};
}

function sessionTest(common: Payload, status: Status, unicode: boolean): Payload {
	const session_id = randomUUID();
	return {
		...common,
		session_id,
		decision: {
			session_id,
			session_number: 12345,
			session_url: 'https://verify.didit.example/session/AAAAAAAAAAAA',
			status,
			workflow_id: common.workflow_id,
			features: ['ID_VERIFICATION', 'LIVENESS', 'FACE_MATCH', 'AML'],
			vendor_data: VENDOR_DATA,
			metadata: MARK,
			callback: 'https://example.com/callback',
			...steps(status, unicode),
			reviews: [
				{
					user: 'reviewer@example.com',
					new_status: status,
					comment: null,
					created_at: CREATED_AT,
				},
			],
			contact_details: null,
			expected_details: null,
			created_at: CREATED_AT,
		},
	};
}

/** The body of a test, but for its time, which it gets when it is sent. Destinations of every version get the same. */
export function consoleTest(
	state: State,
	webhook_type: string,
	{ status = 'Approved', unicode = false }: Omit<TestDelivery, 'webhook_type'>,
): Payload {
	const common = {
		status,
		vendor_data: VENDOR_DATA,
		webhook_type,
		created_at: Math.floor(now(state) / 1000),
		workflow_id: randomUUID(),
		metadata: MARK,
	};
	if (isSessionEvent(webhook_type)) return sessionTest(common, status, unicode);
	return { ...common, vendor_user_id: randomUUID(), previous_status: 'In Review' };
}

/** The decision as version 1 answers it: one object each for document, AML, face and place, `null` when it did not run. */
import { shortReview } from '../reviews.mts';
import { type SessionRecord, type Status } from '../records.mts';
import { type State } from '../state.mts';
import { outcomeOf, type StepResult } from './outcome.mts';
import { type Step } from './scenarios.mts';
import { DEVICE, IP, STEPS } from './steps.mts';

/** Version 1 knows eight statuses; the two newer ones are sessions that wait for the person. */
export function statusV1(status: Status): Status {
	return status === 'Resubmitted' || status === 'Awaiting User' ? 'In Progress' : status;
}

const DOCUMENT_FIELDS = [
	'document_type',
	'document_number',
	'personal_number',
	'portrait_image',
	'front_image',
	'front_video',
	'back_image',
	'back_video',
	'full_front_image',
	'full_back_image',
	'date_of_birth',
	'expiration_date',
	'date_of_issue',
	'issuing_state',
	'issuing_state_name',
	'first_name',
	'last_name',
	'full_name',
	'gender',
	'address',
	'formatted_address',
	'parsed_address',
	'place_of_birth',
	'marital_status',
	'nationality',
];

export function decisionV1(
	state: State,
	session: SessionRecord,
	seesMedia: boolean,
): Record<string, unknown> {
	const outcome = outcomeOf(state, session, seesMedia);
	const result = (step: Step) => outcome.ran.find((ran) => ran.step === step);
	const built = (ran: StepResult | undefined) =>
		ran ? STEPS[ran.step].build(outcome, ran) : undefined;
	const [ocr, nfc, aml, liveness, match] = (
		['OCR', 'NFC', 'AML', 'LIVENESS', 'FACE_MATCH'] as const
	).map((step) => built(result(step)));

	const kyc = ocr && {
		status: nfc && nfc.status !== 'Approved' ? nfc.status : ocr.status,
		ocr_status: ocr.status,
		epassport_status: nfc?.status ?? null,
		...Object.fromEntries(DOCUMENT_FIELDS.map((field) => [field, ocr[field]])),
		is_nfc_verified: nfc?.status === 'Approved',
		created_at: session.created_at,
	};
	const face = (liveness ?? match) && {
		status:
			[liveness, match].find((step) => step && step.status !== 'Approved')?.status ?? 'Approved',
		face_match_status: match?.status ?? null,
		liveness_status: liveness?.status ?? null,
		face_match_similarity: match?.score ?? null,
		liveness_confidence: liveness?.score ?? null,
		source_image: match?.source_image ?? null,
		target_image: match?.target_image ?? null,
		video_url: liveness?.video_url ?? null,
	};
	const point = { latitude: IP.latitude, longitude: IP.longitude };
	const location =
		outcome.ran.length > 0
			? {
					...DEVICE,
					...IP,
					status: 'Approved',
					document_location: point,
					ip_location: point,
					distance_from_document_to_ip_km: { distance: 0, direction: 'N' },
				}
			: null;
	return {
		session_id: session.session_id,
		session_number: session.session_number,
		session_url: session.url,
		status: statusV1(session.status),
		vendor_data: session.vendor_data,
		callback: session.callback,
		features: session.features,
		kyc: kyc ?? null,
		aml: aml
			? { status: aml.status, total_hits: aml.total_hits, score: aml.score, hits: aml.hits }
			: null,
		face: face ?? null,
		location,
		warnings: [ocr, nfc, aml, liveness, match].flatMap(
			(step) => (step?.warnings ?? []) as unknown[],
		),
		reviews: session.reviews.map(shortReview),
		extra_images: [],
		created_at: session.created_at,
	};
}

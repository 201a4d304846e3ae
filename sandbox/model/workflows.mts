/** The workflows of the sandbox's account, one row a version as Didit lists them; ids are fixed, so tests and examples can name them. */

export interface Workflow {
	uuid: string;
	workflow_id: string;
	workflow_label: string;
	workflow_type: 'kyc' | 'kyb' | 'age_verification' | 'biometric_authentication';
	is_default: boolean;
	is_archived: boolean;
	status: 'published' | 'draft';
	version: number;
	features: string;
	price: number;
	updated_at: string;
}

const id = (group: number, version: number) =>
	`c000000${group}-0000-4000-8000-00000000000${version}`;

function workflow(
	group: number,
	version: number,
	workflow_label: string,
	features: string,
	rest: Partial<Workflow> = {},
): Workflow {
	// Didit gives the first version the same uuid as the workflow itself.
	const uuid = id(group, version);
	return {
		uuid,
		workflow_id: id(group, 1),
		workflow_label,
		features,
		version,
		workflow_type: 'kyc',
		is_default: false,
		is_archived: false,
		status: 'published',
		price: 0,
		updated_at: `2026-0${group}-0${version}T09:00:00.000000Z`,
		...rest,
	};
}

/** Newest first. */
export const WORKFLOWS: Workflow[] = [
	workflow(8, 1, 'Face login', 'LIVENESS + FACE_MATCH', {
		workflow_type: 'biometric_authentication',
		price: 0.1,
	}),
	workflow(7, 1, 'Retired onboarding', 'OCR', { is_archived: true }),
	workflow(6, 1, 'Unfinished idea', 'OCR + QUESTIONNAIRE', { status: 'draft' }),
	workflow(5, 1, 'Company check', 'KYB_REGISTRY + KYB_DOCUMENTS + KYB_KEY_PEOPLE', {
		workflow_type: 'kyb',
		price: 2,
	}),
	workflow(4, 1, 'Age check', 'LIVENESS + AGE_ESTIMATION', {
		workflow_type: 'age_verification',
		price: 0.1,
	}),
	workflow(
		3,
		1,
		'Full due diligence',
		'OCR + NFC + LIVENESS + FACE_MATCH + PROOF_OF_ADDRESS + PHONE_VERIFICATION + EMAIL_VERIFICATION + DATABASE_VALIDATION + AML + IP_ANALYSIS + QUESTIONNAIRE',
		{ price: 1.6 },
	),
	workflow(2, 1, 'Identity and AML', 'OCR + LIVENESS + FACE_MATCH + AML + IP_ANALYSIS', {
		price: 0.5,
	}),
	workflow(1, 2, 'Identity check', 'OCR + LIVENESS + FACE_MATCH', { is_default: true, price: 0.3 }),
	workflow(1, 1, 'Identity check', 'OCR + FACE_MATCH', { price: 0.2 }),
];

/** Seconds until an unfinished session of this workflow expires: Didit's default of 7 days. */
export const SESSION_LIFETIME = 604_800;

/** The version that a create uses: the newest published one, named by the stable id or by the uuid of any version. */
export function latestPublished(workflows: Workflow[], named: string): Workflow | undefined {
	const group = workflows.find(
		({ uuid, workflow_id }) => uuid === named || workflow_id === named,
	)?.workflow_id;
	const usable = workflows.filter(
		(row) => row.workflow_id === group && row.status === 'published' && !row.is_archived,
	);
	return usable.sort((a, b) => b.version - a.version)[0];
}

/** A row as `GET /v3/workflows/` answers it. */
export function workflowRow(workflow: Workflow, all: Workflow[]): Record<string, unknown> {
	const { price, ...row } = workflow;
	return {
		...row,
		total_price: price,
		min_price: price,
		max_price: price,
		is_simple_workflow: true,
		is_editable: true,
		is_white_label_enabled: false,
		workflow_url: null,
		max_retry_attempts: 3,
		retry_window_days: 7,
		session_expiration_time: SESSION_LIFETIME,
		has_draft: all.some(
			({ workflow_id, status }) => workflow_id === workflow.workflow_id && status === 'draft',
		),
	};
}

/** A version as `GET /v3/workflows/{uuid}/` answers it. */
export function workflowDetail(workflow: Workflow, all: Workflow[]): Record<string, unknown> {
	const { updated_at, status } = workflow;
	return {
		...workflowRow(workflow, all),
		created_by: { name: 'Sandbox', email: null, type: 'user' },
		created_at: updated_at,
		published_at: status === 'published' ? updated_at : null,
	};
}

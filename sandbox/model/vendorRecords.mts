/** Users and businesses: made by the first session of a vendor_data or through the API, changed, blocked, forgotten. */
import { randomUUID } from 'node:crypto';
import { notFound } from './errors.mts';
import { type Entity, type EntityKind, type EntityStatus, iso, now, type State } from './state.mts';
import { entityChanged } from '../webhooks/events.mts';

/** The fields that somebody can set. */
export type EntityFields = Partial<
	Pick<
		Entity,
		| 'display_name'
		| 'full_name'
		| 'date_of_birth'
		| 'legal_name'
		| 'registration_number'
		| 'country_code'
		| 'metadata'
		| 'approved_emails'
		| 'approved_phones'
		| 'issuing_states'
		| 'status'
	>
>;

export function findEntity(
	state: State,
	kind: EntityKind,
	vendor_data: string | null,
): Entity | undefined {
	return vendor_data === null
		? undefined
		: state.entities.find((entity) => entity.kind === kind && entity.vendor_data === vendor_data);
}

/** @throws ApiError 404 with the text. */
export function getEntity(
	state: State,
	kind: EntityKind,
	vendor_data: string,
	text?: string,
): Entity {
	const entity = findEntity(state, kind, vendor_data);
	if (!entity) throw notFound(text);
	return entity;
}

export function createEntity(
	state: State,
	kind: EntityKind,
	vendor_data: string | null,
	fields: EntityFields = {},
): Entity {
	const at = iso(now(state));
	const entity: Entity = {
		kind,
		didit_internal_id: randomUUID(),
		vendor_data,
		status: 'ACTIVE',
		blocked: false,
		display_name: null,
		full_name: null,
		date_of_birth: null,
		legal_name: null,
		registration_number: null,
		country_code: null,
		metadata: {},
		approved_emails: [],
		approved_phones: [],
		issuing_states: [],
		comments: [],
		...fields,
		created_at: at,
		updated_at: at,
	};
	state.entities.push(entity);
	return entity;
}

/** The first session of a vendor_data makes its user or business; a session without one belongs to nobody. */
export function ensureEntity(state: State, kind: EntityKind, vendor_data: string | null): void {
	if (vendor_data && !findEntity(state, kind, vendor_data)) createEntity(state, kind, vendor_data);
}

function statusEvent(
	state: State,
	{ kind, vendor_data, didit_internal_id }: Entity,
	previous_status: EntityStatus,
	status: EntityStatus,
): void {
	if (status !== previous_status)
		entityChanged(state, `${kind}.status.updated`, {
			vendor_data,
			didit_internal_id,
			status,
			previous_status,
		});
}

/** The call that exists for it: noted in the record, and the block list follows. Not a change, not an event. */
export function setStatus(state: State, entity: Entity, status: EntityStatus): void {
	const { status: previous_status } = entity;
	const at = iso(now(state));
	Object.assign(entity, { status, blocked: status === 'BLOCKED', updated_at: at });
	if (status === previous_status) return;
	entity.comments.push({
		uuid: randomUUID(),
		comment_type: 'STATUS_CHANGED',
		comment: null,
		actor_email: null,
		actor_name: 'API Client',
		previous_status,
		new_status: status,
		changed_fields: [],
		created_at: at,
	});
	statusEvent(state, entity, previous_status, status);
}

/** Replaces fields. A status set this way is noted nowhere, and only a business's block list follows it, as at Didit. */
export function updateEntity(
	state: State,
	entity: Entity,
	{ status, ...fields }: EntityFields,
): void {
	const before = { ...entity } as Record<string, unknown>;
	const changed = Object.entries(fields).filter(
		([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value),
	);
	Object.assign(entity, fields, { updated_at: iso(now(state)) });
	if (changed.length > 0) {
		const changes = Object.fromEntries(
			changed.map(([name, current]) => [name, { previous: before[name], current }]),
		);
		const { kind, vendor_data, didit_internal_id } = entity;
		entityChanged(state, `${kind}.data.updated`, {
			vendor_data,
			didit_internal_id,
			changed_fields: Object.keys(changes),
			changes,
		});
	}
	if (status === undefined) return;
	const { status: previous_status } = entity;
	entity.status = status;
	if (entity.kind === 'business') entity.blocked = status === 'BLOCKED';
	statusEvent(state, entity, previous_status, status);
}

/** Forgets the records and what blocks them. Their sessions stay. @returns how many there were. */
export function removeEntities(state: State, wanted: (entity: Entity) => boolean): number {
	const gone = state.entities.filter(wanted);
	for (const entity of gone) state.entities.splice(state.entities.indexOf(entity), 1);
	return gone.length;
}

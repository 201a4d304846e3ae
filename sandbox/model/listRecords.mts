/** Lists of values as the sandbox keeps them: the ten block lists that every application has, and its own. */

export const ENTRY_TYPES = [
	'face',
	'document',
	'phone',
	'email',
	'ip_address',
	'device_fingerprint',
	'wallet_address',
	'bank_account',
	'user',
	'business',
	'country',
	'key',
] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

export interface ListEntry {
	uuid: string;
	value: string;
	display_label: string;
	comment: string;
	added_by: 'api' | 'console' | 'email' | 'system';
	reference_session_id: string | null;
	reference_session_number: number | null;
	reference_object_uuid: string | null;
	metadata: Record<string, unknown> | null;
	created_at: string;
}

export interface ListRecord {
	uuid: string;
	name: string;
	description: string;
	list_type: 'blocklist' | 'allowlist' | 'custom';
	entry_type: EntryType;
	is_system: boolean;
	/** Oldest first. */
	entries: ListEntry[];
	last_entry_added_at: string | null;
	created_at: string;
	updated_at: string;
}

/** Countries and keys are for conditions in workflows, so they have no block list. */
const SYSTEM_TYPES = ENTRY_TYPES.slice(0, 10);

const titled = (words: string) =>
	words
		.replace('ip_', 'IP ')
		.replace(/_/g, ' ')
		.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

/** With fixed IDs, so that tests and examples can name them: `b10c0001-…` blocks faces, `b10c0004-…` emails. */
export const systemLists = (): ListRecord[] =>
	SYSTEM_TYPES.map((entry_type, index) => ({
		uuid: `b10c00${String(index + 1).padStart(2, '0')}-0000-4000-8000-000000000001`,
		name: `${titled(entry_type)} Blocklist`,
		description: '',
		list_type: 'blocklist',
		entry_type,
		is_system: true,
		entries: [],
		last_entry_added_at: null,
		created_at: '2026-01-01T09:00:00.000000Z',
		updated_at: '2026-01-01T09:00:00.000000Z',
	}));

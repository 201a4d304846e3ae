/** What is kept about webhooks. Didit's names where it has them; times are ISO 8601. */

export type Version = 'v1' | 'v2' | 'v3';

export interface Destination {
	uuid: string;
	label: string;
	url: string;
	enabled: boolean;
	webhook_version: Version;
	secret_shared_key: string;
	/** The secret before a rotation, and until when (milliseconds) deliveries carry its signatures too. */
	previous: { secret: string; until: number } | null;
	subscribed_events: string[];
	created_at: string;
	updated_at: string;
}

/** The settings of the application, older than destinations. */
export interface WebhookConfig {
	webhook_url: string | null;
	webhook_version: Version;
	secret_shared_key: string;
	capture_method: 'mobile' | 'desktop' | 'both';
	data_retention_months: number | null;
	[other: string]: unknown;
}

export interface Attempt {
	/** Didit lists every attempt as a delivery of its own. */
	uuid: string;
	at: string;
	/** The receiver's status, `null` when there was no answer. */
	status: number | null;
	/** Why there was none, for example "no answer in 5 seconds". */
	error: string | null;
	milliseconds: number;
	/** The beginning of the receiver's answer. */
	answer: string;
	/** What was sent, as JSON texts. */
	request_header: string;
	request_body: string;
}

export interface Delivery {
	uuid: string;
	/** `null` for the application's own (legacy) webhook URL. */
	destination: string | null;
	url: string;
	webhook_version: Version;
	webhook_type: string;
	event_id: string | null;
	session_id: string | null;
	/** The status that the event reports. */
	status: string | null;
	/** Sent by hand to try a destination. */
	test: boolean;
	/** The delivery that was sent again. */
	resend_of: string | null;
	state: 'pending' | 'delivered' | 'failed';
	attempts: Attempt[];
	created_at: string;
}

export type Payload = Record<string, unknown>;

/** Where an event goes: a destination, or the application's own webhook URL. */
export interface Target {
	uuid: string | null;
	url: string;
	version: Version;
	/** The secrets of the moment, read again for each attempt. */
	secrets: () => { secret: string; previous: string | null };
}

export interface Message {
	type: string;
	payload: Payload;
	/** Text of the request that created the session, for its metadata. */
	metadataFrom?: string;
	test?: boolean;
	resendOf?: string;
	/** Not tried again, whatever the receiver answers. */
	once?: boolean;
}

/** What can be set when the sandbox starts and changed while it runs, with the documented values as defaults. */

/** Requests allowed in one window for one credential; `null` switches a limit off. */
export interface RateLimits {
	get: number | null;
	write: number | null;
	/** Transactions that are reported, instead of `write`. */
	ingest: number | null;
	create: number | null;
	/** The decision of versions 1 and 2. */
	decision: number | null;
	pdf: number | null;
	/** Corrections of a document, and as many of a proof of address. */
	data: number | null;
	/** Calls of any kind together. Off as long as an account pays: Didit's overview names 10 for free ones. */
	all: number | null;
	windowSeconds: number;
}

export interface WebhookSettings {
	/** Seconds that a receiver has to answer. */
	timeoutSeconds: number;
	/** Pauses before each further attempt, in seconds; none switches them off. */
	retrySeconds: number[];
	/** Accepts addresses on this machine, which Didit refuses. */
	allowLoopback: boolean;
	/** Whether a repeated attempt has a new time, in header and body, or that of the first: nobody documents which. */
	repeatedTimestamp: 'new' | 'old';
	/** How many signatures a version 1 event has: one is documented, the sender's code makes three. */
	v1Signatures: 'one' | 'three';
}

export interface Settings {
	/** Seconds that a new token lives; tokens given out before keep theirs. */
	tokenLifetime: number;
	/** Didit's specification answers a bad key or token with 403, its newest pages with 401. */
	authFailureStatus: 401 | 403;
	/** How the redirect joins a callback that has a query already: nobody documents which one Didit does. */
	callbackQuery: '&' | '?';
	/** What approving the approved and declining the declined does: a 400 in Didit's specification, nothing (200) on its newest pages. */
	repeatedDecision: 'refused' | 'ignored';
	/** How a deletion is answered: 200 with a report, or 204 as before August 2026. */
	deleteStatus: 200 | 204;
	/** The account's credit in US dollars, as a decimal text. At 0 or less no session is created. */
	balance: string;
	autoRefill: { amount: string; threshold: string } | null;
	/** How a create without credit is refused: 400, or 403 as for accounts under a contract. */
	noCreditStatus: 400 | 403;
	/** What a version 1 session checks when the request names no features: the "settings of the console". */
	consoleFeatures: string;
	/** When a session with a sandbox scenario ends: after a click on its page, or at once. Didit's texts say both. */
	scenarioEnds: 'clicked' | 'atOnce';
	/** Whether a portrait can be the address of an image: Didit's own clients say so, its specification asks for base64. */
	portraitByAddress: boolean;
	/**
	 * What a face login does for somebody without a portrait and a stored face: it's refused, or, in older pages of Didit, only
	 * looks for a living person.
	 */
	missingPortrait: 'refused' | 'livenessOnly';
	/** Whether the filters of sessions take a time of day beside a date, as older pages of Didit say. */
	timesInFilters: boolean;
	/** How the deliveries of a session are answered: as a plain list, or in the envelope that other lists have. */
	deliveryList: 'plain' | 'wrapped';
	rateLimits: RateLimits;
	webhooks: WebhookSettings;
}

/** A change of the settings: any of them, and any part of the grouped ones. */
export type SettingsChange = Partial<Omit<Settings, 'rateLimits' | 'webhooks'>> & {
	rateLimits?: Partial<RateLimits>;
	webhooks?: Partial<WebhookSettings>;
};

/** docs.didit.me/integration/rate-limiting, docs.didit.me/integration/webhooks and the token page of version 1. */
export const DEFAULTS: Settings = {
	tokenLifetime: 86_400,
	authFailureStatus: 403,
	callbackQuery: '&',
	repeatedDecision: 'refused',
	deleteStatus: 200,
	balance: '100.0000',
	autoRefill: null,
	noCreditStatus: 400,
	consoleFeatures: 'OCR + FACE',
	scenarioEnds: 'clicked',
	portraitByAddress: false,
	missingPortrait: 'refused',
	timesInFilters: false,
	deliveryList: 'plain',
	rateLimits: {
		get: 600,
		write: 300,
		ingest: 600,
		create: 600,
		decision: 100,
		pdf: 50,
		data: 10,
		all: null,
		windowSeconds: 60,
	},
	webhooks: {
		timeoutSeconds: 5,
		retrySeconds: [60, 240],
		allowLoopback: true,
		repeatedTimestamp: 'new',
		v1Signatures: 'one',
	},
};

/** Every limit off. A limit that is added is off too. */
export const NO_LIMITS = Object.fromEntries(
	Object.keys(DEFAULTS.rateLimits)
		.filter((name) => name !== 'windowSeconds')
		.map((name) => [name, null]),
) as Partial<RateLimits>;

const limit = { type: ['integer', 'null'], minimum: 0 };

export const SETTINGS_SCHEMA = {
	type: 'object',
	additionalProperties: false,
	properties: {
		tokenLifetime: { type: 'integer', minimum: 1 },
		authFailureStatus: { enum: [401, 403] },
		callbackQuery: { enum: ['&', '?'] },
		repeatedDecision: { enum: ['refused', 'ignored'] },
		deleteStatus: { enum: [200, 204] },
		balance: { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$' },
		autoRefill: {
			type: ['object', 'null'],
			additionalProperties: false,
			required: ['amount', 'threshold'],
			properties: { amount: { type: 'string' }, threshold: { type: 'string' } },
		},
		noCreditStatus: { enum: [400, 403] },
		consoleFeatures: { type: 'string', minLength: 1 },
		scenarioEnds: { enum: ['clicked', 'atOnce'] },
		portraitByAddress: { type: 'boolean' },
		missingPortrait: { enum: ['refused', 'livenessOnly'] },
		timesInFilters: { type: 'boolean' },
		deliveryList: { enum: ['plain', 'wrapped'] },
		rateLimits: {
			type: 'object',
			additionalProperties: false,
			properties: {
				get: limit,
				write: limit,
				ingest: limit,
				create: limit,
				decision: limit,
				pdf: limit,
				data: limit,
				all: limit,
				windowSeconds: { type: 'number', exclusiveMinimum: 0 },
			},
		},
		webhooks: {
			type: 'object',
			additionalProperties: false,
			properties: {
				timeoutSeconds: { type: 'number', exclusiveMinimum: 0 },
				retrySeconds: { type: 'array', items: { type: 'number', minimum: 0 } },
				allowLoopback: { type: 'boolean' },
				repeatedTimestamp: { enum: ['new', 'old'] },
				v1Signatures: { enum: ['one', 'three'] },
			},
		},
	},
};

export function change(settings: Settings, wanted: SettingsChange): void {
	const { rateLimits, webhooks, ...rest } = wanted;
	Object.assign(settings, rest);
	Object.assign(settings.rateLimits, rateLimits);
	Object.assign(settings.webhooks, webhooks);
}

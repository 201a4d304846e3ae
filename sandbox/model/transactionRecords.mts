/** What the sandbox keeps about a payment that was reported. Names that Didit has are Didit's. */

export const TRANSACTION_STATUSES = ['APPROVED', 'IN_REVIEW', 'DECLINED', 'AWAITING_USER'] as const;
export type TransactionStatus = (typeof TRANSACTION_STATUSES)[number];

interface Party {
	entity_type?: string;
	vendor_data?: string;
	full_name?: string;
	address?: { country?: string };
	payment_method?: { method_type?: string; account_id?: string };
}

/** The body of a create, valid under the contract. */
export interface TransactionRequest {
	transaction_id: string;
	transaction_category: string;
	transaction_at?: string;
	time_zone?: string;
	transaction_details: {
		direction: string;
		amount: string | number;
		currency: string;
		currency_kind?: string;
		action_type?: string | null;
		payment_details?: string | null;
		payment_reference_id?: string | null;
	};
	subject: Party;
	counterparty?: Party;
	custom_properties?: Record<string, unknown>;
}

export interface TransactionRecord {
	uuid: string;
	transaction_number: number;
	request: TransactionRequest;
	/** Digit for digit as it was sent. */
	amount: string;
	status: TransactionStatus;
	score: number;
	reason: { code: string; label: string } | null;
	created_at: string;
}

/** Registers of persons, and of wallets. Words of what is sent say what they hold, so that every outcome can be had. */
import { warning } from '../warning.mts';
import { type Body, type Report } from './check.mts';

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** A last name of _Unknown_ matches nothing, one of _Partly_ something. */
export function databaseValidation(asked: Body): Report {
	const name = textOf(asked.last_name);
	const match =
		name === 'Unknown' ? 'no_match' : name === 'Partly' ? 'partial_match' : 'full_match';
	const action =
		match === 'no_match'
			? (asked.no_match_action ?? 'DECLINE')
			: match === 'partial_match'
				? (asked.partial_match_action ?? 'NO_ACTION')
				: 'NO_ACTION';
	const status = action === 'DECLINE' ? 'Declined' : 'Approved';
	const fields = { first_name: 'full_match', last_name: match };
	return {
		status,
		issuing_state: asked.issuing_state,
		validation_type: 'one_by_one',
		screened_data: { last_name: name },
		match_type: match,
		validations:
			asked.save_api_request === false
				? fields
				: [{ service_id: 'invented_register', service_name: 'Register', validation: fields }],
		errors: [],
		...(asked.services !== undefined && { services_used: asked.services, match_score: 0.5 }),
		warnings:
			match === 'full_match'
				? []
				: [
						warning(
							'DATABASE_VALIDATION',
							`DATABASE_${match.toUpperCase()}`,
							status,
							'No full match',
						),
					],
	};
}

/** An address with _bad_ in it is on a list of sanctions. */
export function walletScreening(asked: Body) {
	const isBad = textOf(asked.wallet_address).includes('bad');
	return {
		provider: 'invented',
		screening_type: 'WALLET_SCREENING',
		risk_score: isBad ? 95 : 5,
		severity: isBad ? 'CRITICAL' : 'LOW',
		status: 'SCREENED',
		summary: isBad ? 'On a list of sanctions' : 'Nothing found',
		wallet_address: asked.wallet_address,
		blockchain: asked.blockchain,
		sanctions_hit: isBad,
		dominant_risk_category: isBad ? 'Sanctions' : null,
		source_of_funds: [],
		destination_of_funds: [],
		counterparty_connections: [],
	};
}

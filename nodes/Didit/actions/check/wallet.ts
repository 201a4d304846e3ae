// Check: Wallet Screening. How risky the money of a crypto wallet is.
import { number as numberOf, text as textOf } from '../../json/read';
import { atMost } from '../common/checks';
import { choice, ownId } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { simplify } from '../common/simplify';
import { charged, checkItem, runCheck } from './check';

const address = ownId({
	label: 'Wallet Address',
	name: 'walletAddress',
	diditName: 'wallet_address',
	required: true,
	ask: 'Enter the address to screen',
	check: atMost(255),
	example: 'bc1qexampleexampleexampleexample',
});

/** Those that Didit screens itself, from its page about wallet screening. */
const blockchain = choice({
	label: 'Blockchain',
	name: 'blockchain',
	diditName: 'blockchain',
	options: [
		{ name: 'Arbitrum One', value: 'ARB' },
		{ name: 'Base', value: 'BASE' },
		{ name: 'Bitcoin', value: 'BTC' },
		{ name: 'Bitcoin Cash', value: 'BCH' },
		{ name: 'BNB Smart Chain', value: 'BNB' },
		{ name: 'Dogecoin', value: 'DOGE' },
		{ name: 'Ethereum', value: 'ETH' },
		{ name: 'Litecoin', value: 'LTC' },
		{ name: 'Optimism', value: 'OP' },
		{ name: 'Polygon', value: 'MATIC' },
		{ name: 'Solana', value: 'SOL' },
		{ name: 'Tron', value: 'TRX' },
		{ name: 'XRP Ledger', value: 'XRP' },
	],
	default: 'BTC',
});

const direction = choice({
	label: 'Direction',
	name: 'direction',
	diditName: 'direction',
	options: [
		// Without it, the editor shows an error until a direction is chosen, though Didit needs none.
		{ name: 'Any', value: '' },
		{ name: 'Inbound', value: 'inbound' },
		{ name: 'Outbound', value: 'outbound' },
	],
	description: 'Whether the money comes from the wallet or goes to it',
});

export const wallet: Operation = {
	option: {
		name: 'Wallet Screening',
		value: 'wallet',
		action: 'Check a crypto wallet',
		description: 'Screen a crypto wallet for sanctions and risky money',
	},
	about:
		'Returns a check result with score (0 to 100, high is risky), severity, sanctions_hit, risk_category, summary. Didit approves no wallet, so verified is false: decide by sanctions_hit and severity.',
	effect: 'creates',
	fields: [charged, address, blockchain, direction, simplify],
	needs: 'apiKey',
	async execute(call) {
		const body = call.body(address, blockchain, direction);
		const answer = await runCheck(call, { path: '/v3/wallet-screening/', body }, '');
		return checkItem(call, answer, '', () => ({
			score: numberOf(answer.risk_score),
			severity: textOf(answer.severity),
			sanctions_hit: answer.sanctions_hit === true,
			risk_category: textOf(answer.dominant_risk_category),
			summary: textOf(answer.summary),
		}));
	},
};

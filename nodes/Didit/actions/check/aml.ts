// Check: AML Screening. Looks for a person or company in lists of sanctions, politically exposed persons and watchlists.
import { randomUUID } from 'node:crypto';
import { integer, list, number as numberOf, text as textOf } from '../../json/read';
import type { Fields } from '../../json/read';
import type { Operation } from '../common/operation';
import { simplify } from '../common/simplify';
import {
	AML_OPTIONS,
	adverseMedia,
	checkTogether,
	dateOfBirth,
	documentNumber,
	entityType,
	fullName,
	nationality,
} from './aml.fields';
import { charged, checkItem, runCheck, vendorData } from './check';

const readHit = (hit: Fields) => ({
	id: textOf(hit.id),
	name: textOf(hit.caption),
	match_score: numberOf(hit.match_score),
	risk_score: numberOf(hit.risk_score),
	review_status: textOf(hit.review_status),
	datasets: Array.isArray(hit.datasets) ? hit.datasets : [],
	url: textOf(hit.url),
});

export const aml: Operation = {
	option: {
		name: 'AML Screening',
		value: 'aml',
		action: 'Check a name against AML lists',
		description: 'Sanctions, PEP lists and watchlists',
	},
	about:
		'Sanctions, PEP lists and watchlists together: datasets says which list a hit is from. Returns a check result with score (high is risky), total_hits, hits[{id, name, match_score, risk_score, review_status (False Positive: below matchThreshold), datasets, url}], monitored.',
	effect: 'creates',
	fields: [
		charged,
		entityType,
		fullName,
		dateOfBirth,
		nationality,
		documentNumber,
		adverseMedia,
		vendorData,
		simplify,
	],
	options: AML_OPTIONS,
	forMany: true,
	needs: 'apiKey',
	async execute(call) {
		const body = {
			...call.body(entityType, fullName, dateOfBirth, nationality, documentNumber),
			...call.body(adverseMedia, vendorData),
			...call.optionsBody(AML_OPTIONS),
		};
		checkTogether(body);
		// With the same key Didit returns the same result again, and charges once.
		const headers = { 'Idempotency-Key': randomUUID() };
		const answer = await runCheck(
			call,
			{ path: '/v3/aml/', body, headers, repeatable: true },
			'aml',
		);
		return checkItem(call, answer, 'aml', (block) => ({
			score: numberOf(block.score),
			total_hits: integer(block.total_hits),
			hits: list(block.hits).map(readHit),
			monitored: block.is_ongoing_monitoring_enabled === true,
		}));
	},
};

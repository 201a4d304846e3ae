// Whoever fills in a form can send a text of any length. No check may cost more than linear time, and none lets such a text through.
import { fileName } from '../../../../nodes/Didit/actions/common/pdf.ts';
import * as basicChecks from '../../../../nodes/Didit/actions/common/checks.ts';
import * as contactChecks from '../../../../nodes/Didit/actions/common/contactChecks.ts';
import { amount } from '../../../../nodes/Didit/actions/common/amount.ts';
import { language } from '../../../../nodes/Didit/actions/common/languages.ts';
import { toDay } from '../../../../nodes/Didit/actions/common/days.ts';
import * as ids from '../../../../nodes/Didit/actions/common/ids.ts';
import * as values from '../../../../nodes/Didit/actions/common/values.ts';
import { featureCombination } from '../../../../nodes/Didit/actions/session/features.ts';
import { isPublicHost } from '../../../../nodes/Didit/transport/publicHost.ts';
import { isLinear } from '../../../support/processorTime.mts';

const readers = { ...values, ...ids, toDay };
const checks = { ...basicChecks, ...contactChecks };

const FIELD = { label: 'Some Field', timeZone: 'Europe/Madrid' };
type Work = (text: string) => unknown;

/** All of checks.ts, values.ts, ids.ts and days.ts that takes a text: a new one fails the test below until it is tried here. */
const CHECKS: Record<string, Work> = {
	url: (text) => checks.url(text, FIELD),
	isUuid: checks.isUuid,
	uuid: (text) => checks.uuid(text, FIELD),
	date: (text) => checks.date(text, FIELD),
	dateTime: (text) => checks.dateTime(text, FIELD),
	email: (text) => checks.email(text, FIELD),
	country: (text) => checks.country(text, FIELD),
	shortCountry: (text) => checks.shortCountry(text, FIELD),
	registryCountry: (text) => checks.registryCountry(text, FIELD),
	phone: (text) => checks.phone(text, FIELD),
	ipAddress: (text) => checks.ipAddress(text, FIELD),
	westernDigits: checks.westernDigits,
	atMost: (text) => checks.atMost(255)(text, FIELD),
	jsonObject: (text) => checks.jsonObject(text, FIELD),
	numberWithin: (text) => checks.numberWithin(text, FIELD, { least: 0, most: 10 }),
};
const READERS: Record<string, Work> = {
	isNothing: values.isNothing,
	isMissing: ids.isMissing,
	isPlainObject: values.isPlainObject,
	toText: (text) => values.toText(text, FIELD),
	toId: (text) => ids.toId(text, FIELD),
	toList: (text) => values.toList(text, FIELD),
	valueOfLocator: values.valueOfLocator,
	toCollection: (text) => values.toCollection(text, FIELD),
	parseJson: values.parseJson,
	fromJson: values.fromJson,
	toBoolean: (text) => values.toBoolean(text, FIELD),
	pathPart: (text) => values.pathPart(text, FIELD),
	toDay: (text) => toDay(text, FIELD),
};
const OTHERS: Record<string, Work> = {
	amount: (text) => amount(text, FIELD),
	language: (text) => language(text, FIELD),
	featureCombination: (text) => featureCombination(text, FIELD),
	fileName: (text) => fileName([text], 'pdf'),
	isPublicHost: (text) => isPublicHost(text),
};

it('tries every check and every reader', () => {
	expect(Object.keys(CHECKS).sort()).toEqual(
		Object.keys(checks)
			.filter((name) => !['refuse', 'clean'].includes(name))
			.sort(),
	);
	expect(Object.keys(READERS).sort()).toEqual(
		Object.keys(readers)
			.filter((name) => name !== 'refuseValue')
			.sort(),
	);
});

const PIECES = [
	'T',
	'a',
	'0',
	'.',
	'-',
	' ',
	'@',
	'a@',
	'a.',
	'(',
	'(0)',
	'\u200b',
	'\u00a0',
	',',
	':',
	'/',
	'../',
	'%',
	'{',
	'[',
	'"',
	'\n',
	'Á',
	'+',
	'1990-05-31T',
	'[object ',
];
const SIZES = [20_000, 160_000];

it.each(Object.entries({ ...CHECKS, ...READERS, ...OTHERS }))(
	'%s takes linear time at most, whatever the text',
	(_, work) => {
		for (const piece of PIECES) {
			const [short, long] = SIZES.map((size) => `${piece.repeat(size / piece.length)}\nx`);
			expect([piece, isLinear(work, short, long)]).toEqual([piece, true]);
		}
	},
);

it.each(Object.entries(CHECKS).filter(([name]) => !['isUuid', 'westernDigits'].includes(name)))(
	'%s refuses a text that no field is meant for',
	(_, check) => {
		for (const piece of PIECES) expect(() => check(piece.repeat(100_000 / piece.length))).toThrow();
	},
);

it('a file name is no longer than file systems take, whatever it is made of', () => {
	for (const letter of ['x', 'é', '例', '𠀀']) {
		const parts = ['2026-11-28', ...[1, 2, 3].map(() => letter.repeat(400))];
		expect(Buffer.byteLength(fileName(parts, 'pdf'))).toBeLessThanOrEqual(255);
	}
});

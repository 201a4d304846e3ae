// The languages of Didit's pages and emails, from Didit's documentation of session creation, and how a browser's language
// becomes one of them.
import type { INodePropertyOptions } from 'n8n-workflow';
import { refuse } from './checks';
import type { Field } from './values';

export const LANGUAGES = [
	{ name: 'Albanian', value: 'sq' },
	{ name: 'Arabic', value: 'ar' },
	{ name: 'Armenian', value: 'hy' },
	{ name: 'Bengali', value: 'bn' },
	{ name: 'Bosnian', value: 'bs' },
	{ name: 'Bulgarian', value: 'bg' },
	{ name: 'Catalan', value: 'ca' },
	{ name: 'Chinese', value: 'zh' },
	{ name: 'Chinese (Simplified)', value: 'zh-CN' },
	{ name: 'Chinese (Traditional)', value: 'zh-TW' },
	{ name: 'Croatian', value: 'hr' },
	{ name: 'Czech', value: 'cs' },
	{ name: 'Danish', value: 'da' },
	{ name: 'Dutch', value: 'nl' },
	{ name: 'English', value: 'en' },
	{ name: 'Estonian', value: 'et' },
	{ name: 'Finnish', value: 'fi' },
	{ name: 'French', value: 'fr' },
	{ name: 'Georgian', value: 'ka' },
	{ name: 'German', value: 'de' },
	{ name: 'Greek', value: 'el' },
	{ name: 'Hebrew', value: 'he' },
	{ name: 'Hindi', value: 'hi' },
	{ name: 'Hungarian', value: 'hu' },
	{ name: 'Indonesian', value: 'id' },
	{ name: 'Italian', value: 'it' },
	{ name: 'Japanese', value: 'ja' },
	{ name: 'Kazakh', value: 'kk' },
	{ name: 'Korean', value: 'ko' },
	{ name: 'Kyrgyz', value: 'ky' },
	{ name: 'Latvian', value: 'lv' },
	{ name: 'Lithuanian', value: 'lt' },
	{ name: 'Macedonian', value: 'mk' },
	{ name: 'Malay', value: 'ms' },
	{ name: 'Mongolian', value: 'mn' },
	{ name: 'Montenegrin', value: 'cnr' },
	{ name: 'Norwegian', value: 'no' },
	{ name: 'Persian', value: 'fa' },
	{ name: 'Polish', value: 'pl' },
	{ name: 'Portuguese', value: 'pt' },
	{ name: 'Portuguese (Brazil)', value: 'pt-BR' },
	{ name: 'Romanian', value: 'ro' },
	{ name: 'Russian', value: 'ru' },
	{ name: 'Serbian', value: 'sr' },
	{ name: 'Slovak', value: 'sk' },
	{ name: 'Slovenian', value: 'sl' },
	{ name: 'Somali', value: 'so' },
	{ name: 'Spanish', value: 'es' },
	{ name: 'Swedish', value: 'sv' },
	{ name: 'Thai', value: 'th' },
	{ name: 'Turkish', value: 'tr' },
	{ name: 'Ukrainian', value: 'uk' },
	{ name: 'Uzbek', value: 'uz' },
	{ name: 'Vietnamese', value: 'vi' },
];

/** The editor loads the list, so that the node's description doesn't hold it for each field. */
export const LANGUAGE_LIST = { loadOptionsMethod: 'getLanguages' };

export async function getLanguages(): Promise<INodePropertyOptions[]> {
	return LANGUAGES;
}

const CODES = LANGUAGES.map(({ value }) => value);

/** Languages that browsers name otherwise than Didit. */
const ALIASES: Record<string, string> = {
	nb: 'no',
	nn: 'no',
	iw: 'he',
	in: 'id',
	'zh-hans': 'zh-CN',
	'zh-sg': 'zh-CN',
	'zh-hant': 'zh-TW',
	'zh-hk': 'zh-TW',
	'zh-mo': 'zh-TW',
};

const LANGUAGE_TAG = /^[a-z]{2,3}(-[a-z0-9]{1,8}){0,5}$|^\*$/;

function known(tag: string): string | undefined {
	for (let parts = tag.split('-'); parts.length > 0; parts = parts.slice(0, -1)) {
		const part = parts.join('-');
		const found = ALIASES[part] ?? CODES.find((code) => code.toLowerCase() === part);
		if (found) return found;
	}
	return undefined;
}

/**
 * A language of Didit's, also from a browser's `en-US` or `de-DE,de;q=0.9`, or by its name on the screen.
 * @returns undefined for one that Didit doesn't have: then Didit chooses, and nobody is turned away
 * @throws InputError for what is no language at all
 */
export function language(value: string, field: Field): string | undefined {
	const expected = 'a language code, e.g. en';
	if (value.length > 1000) refuse(field, expected);
	const named = LANGUAGES.find(({ name }) => name.toLowerCase() === value.trim().toLowerCase());
	if (named) return named.value;
	const wishes = value
		.split(',')
		.map((entry) => entry.trim().toLowerCase().replace(/_/g, '-').split(';'))
		.map(([tag, quality]) => ({
			tag: tag.trim().split(/[.@]/, 1)[0],
			weight: Number(quality?.trim().slice(2) ?? 1),
		}))
		.filter(({ tag }) => tag !== '')
		.sort((a, b) => b.weight - a.weight);
	if (!wishes.every(({ tag }) => LANGUAGE_TAG.test(tag))) refuse(field, expected);
	return wishes.map(({ tag }) => known(tag)).find((code) => code !== undefined);
}

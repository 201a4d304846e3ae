// Check: Face Search. Whether a face is known: from a session before, or from the block list.
import { integer, list, number as numberOf, text } from '../../json/read';
import type { Fields } from '../../json/read';
import { choice } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { mediaLinks } from '../common/privacy';
import { simplify } from '../common/simplify';
import { charged, checkItem, saveCheck, vendorData } from './check';
import { faceImage, rotate, runFaceCheck } from './face';

const searchType = choice({
	label: 'Search For',
	name: 'searchType',
	diditName: 'search_type',
	options: [
		{ name: 'Blocked or Approved Faces', value: 'blocklisted_or_approved' },
		{ name: 'Most Similar Faces', value: 'most_similar' },
	],
	default: 'most_similar',
});

const readMatch = (match: Fields) => ({
	session_id: text(match.session_id),
	vendor_data: text(match.vendor_data),
	similarity: numberOf(match.similarity_percentage),
	status: text(match.status),
	is_blocklisted: match.is_blocklisted === true,
});

export const faceSearch: Operation = {
	option: {
		name: 'Face Search',
		value: 'faceSearch',
		action: 'Check whether a face is known',
		description: 'Find a face in your sessions and blocklist',
	},
	about:
		'Returns a check result with total_matches, matches[{session_id, vendor_data, similarity (0 to 100), status, is_blocklisted}]. Approved with matches is a face that you know.',
	effect: 'creates',
	fields: [charged, faceImage, searchType, vendorData, simplify],
	options: [rotate, saveCheck, mediaLinks],
	takesFiles: true,
	needs: 'apiKey',
	async execute(call) {
		const body = call.body(searchType);
		const answer = await runFaceCheck(call, '/v3/face-search/', 'face_search', {
			body,
			options: [],
		});
		return checkItem(call, answer, 'face_search', (found) => ({
			total_matches: integer(found.total_matches),
			matches: list(found.matches).map(readMatch),
		}));
	},
};

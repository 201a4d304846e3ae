// Keeps personal data out of raw outputs that nobody asked for: links to pictures, and document numbers where they are to be masked.
import type { INodeProperties } from 'n8n-workflow';
import { withMaskedNumbers } from '../../decision/mask';
import { mediaLinksIn, withoutMediaLinks } from '../../decision/media';
import { rawResponse } from '../../decision/output';
import type { OutputWish } from '../../decision/output';
import type { ItemCall } from './itemCall';

export { mediaLinksIn, withMaskedNumbers, withoutMediaLinks };

export const mediaLinksOption: INodeProperties = {
	displayName: 'Include Media Links',
	name: 'includeMediaLinks',
	type: 'boolean',
	// Nothing that an agent gets may hold pictures.
	displayOptions: { hide: { '@tool': [true] } },
	default: false,
	description:
		'Whether a raw response keeps the links to pictures, videos and files. They open for everybody who has them, for about an hour.',
};

export const maskOption: INodeProperties = {
	displayName: 'Mask Document Numbers',
	name: 'maskDocumentNumbers',
	type: 'boolean',
	default: true,
	description:
		'Whether only the end of document numbers is shown. An AI agent gets them masked unless you turn this off here.',
};

/** What the builder wants to see of an answer. An agent never gets links to media, and masked numbers unless it may see them. */
export function outputWish(call: ItemCall): OutputWish {
	const options = call.collection('options');
	return {
		mediaLinks: options.includeMediaLinks === true && !call.forAgent,
		maskedNumbers: (options.maskDocumentNumbers ?? call.forAgent) === true,
	};
}

/** A raw response as the builder wants it. */
export function rawOutput<T>(call: ItemCall, body: T): T {
	return rawResponse(body, outputWish(call));
}

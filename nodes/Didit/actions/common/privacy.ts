// Keeps personal data out of raw outputs that nobody asked for: links to images, and document numbers where they are to be masked.
import { withMaskedNumbers } from '../../decision/mask';
import { mediaLinksIn, withoutMediaLinks } from '../../decision/media';
import { rawResponse } from '../../decision/output';
import type { OutputWish } from '../../decision/output';
import { toggle } from './fieldKinds';
import type { ItemCall } from './itemCall';

export { mediaLinksIn, withMaskedNumbers, withoutMediaLinks };

export const mediaLinks = toggle({
	label: 'Include Media Links',
	name: 'includeMediaLinks',
	literal: true,
	// Nothing that an agent gets may hold images.
	displayOptions: { hide: { '@tool': [true] } },
	description:
		'Whether to keep links to images and files in the raw response. They open for anyone for about an hour.',
});

export const maskNumbers = toggle({
	label: 'Mask Document Numbers',
	name: 'maskDocumentNumbers',
	default: true,
	description: 'Whether to show only the last characters of document numbers',
});

/** What the builder wants to see of a response. An agent never gets links to media, and masked numbers unless it may see them. */
export function outputWish(call: ItemCall): OutputWish {
	return {
		mediaLinks: call.option(mediaLinks) === true && !call.forAgent,
		maskedNumbers: call.option(maskNumbers) ?? call.forAgent,
	};
}

/** A raw response as the builder wants it. */
export function rawOutput<T>(call: ItemCall, body: T): T {
	return rawResponse(body, outputWish(call));
}

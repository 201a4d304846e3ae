// What of Didit's answer comes out of a node: no more personal data than the builder asked for.
import type { Fields } from '../json/read';
import { withMaskedNumbers } from './mask';
import { withoutMediaLinks } from './media';
import { withoutResumeLinks } from './resumeLinks';
import { readVerdict } from './verdict';

export interface OutputWish {
	/** Links to images, videos and files stay in a raw response. */
	mediaLinks: boolean;
	/** Only the end of document numbers is shown. */
	maskedNumbers: boolean;
}

export function rawResponse<T>(body: T, { mediaLinks, maskedNumbers }: OutputWish): T {
	const own = withoutResumeLinks(body);
	const shown = mediaLinks ? own : withoutMediaLinks(own);
	return maskedNumbers ? withMaskedNumbers(shown) : shown;
}

/** A session's decision: the flat verdict, or what Didit sent. */
export function decisionOutput(decision: unknown, simplify: boolean, wish: OutputWish): Fields {
	return simplify
		? { ...readVerdict(decision, { maskDocumentNumbers: wish.maskedNumbers }) }
		: { ...(rawResponse(decision, wish) as Fields) };
}

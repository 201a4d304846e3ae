// A text field of which Didit takes so many characters.
import { atMost } from './checks';
import { text } from './fieldKinds';

export const shortText = (
	label: string,
	name: string,
	diditName: string,
	example: string,
	most = 255,
) => text({ label, name, diditName, example, check: atMost(most) });

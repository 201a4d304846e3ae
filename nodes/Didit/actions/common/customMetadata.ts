// Custom data, which records and list entries can hold.
import { json } from './fieldKinds';

export const customMetadata = json({
	label: 'Metadata',
	name: 'metadata',
	diditName: 'metadata',
	description: 'Custom data, as a JSON object',
});

// The builder's own ID for a person or business, which Didit calls vendor data.
import { ownId } from './fieldKinds';

type Change = Partial<Parameters<typeof ownId>[0]>;

export const vendorDataField = (change: Change = {}) =>
	ownId({
		label: 'Your User ID (Vendor Data)',
		name: 'vendorData',
		diditName: 'vendor_data',
		example: 'user-42',
		description: 'Your own ID for the person or business',
		...change,
	});

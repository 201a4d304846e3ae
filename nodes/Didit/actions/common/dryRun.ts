// The safety catch of everything that deletes: at first it only shows what would go.
import { toggle } from './fieldKinds';

export const dryRun = toggle({
	label: 'Dry Run',
	name: 'dryRun',
	default: true,
	description: 'Whether to only show what would be deleted. Turn off to delete it for good.',
});

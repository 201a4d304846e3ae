/** A warning as decisions and checks without a session show it. Didit's log_type is the warning's effect. */

const LOG_TYPES: Record<string, string> = { Declined: 'error', 'In Review': 'warning' };

/** @param effect what it does to the status; anything but a decline or a review is information */
export const warning = (
	feature: string,
	risk: string,
	effect: string,
	text: string,
	{
		node_id = null,
		additional_data = null,
	}: { node_id?: string | null; additional_data?: unknown } = {},
) => ({
	feature,
	risk,
	additional_data,
	log_type: LOG_TYPES[effect] ?? 'information',
	short_description: text,
	long_description: `${text}.`,
	node_id,
});

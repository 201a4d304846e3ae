// Advice that more than one operation gives.

/** n8n holds one wait for each execution, and a parent that waits gets the first of several waiting sub-workflows only. */
export const ONE_AT_A_TIME =
	"Call a sub-workflow for each item, with 'Wait For Sub-Workflow Completion' turned off. Put Create, Wait for Result and everything that needs the result into it";

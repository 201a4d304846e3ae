// One sentence for both nodes: the editor's search shows one description for a node and its trigger, and may take either.
export const DESCRIPTION = 'Verify the identity of people and businesses, and act on the results';

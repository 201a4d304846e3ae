// Names in a session's metadata that mean something to the trigger. Metadata can come from a visitor, who must not choose
// whether a result counts as a test, or which execution it resumes.

/** The Didit console's mark of a test event. */
export const TEST_METADATA = 'test_webhook';

/** Under this name the ticket of a waiting execution travels in the session's metadata, to the signed event and back. */
export const RESUME_METADATA = 'n8n_resume_url';

export const RESERVED_METADATA = [RESUME_METADATA, TEST_METADATA];

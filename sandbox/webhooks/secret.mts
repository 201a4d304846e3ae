/** Secrets of destinations and of the application: 43 URL-safe characters, as Didit's. */
import { randomBytes } from 'node:crypto';

export const newSecret = () => randomBytes(32).toString('base64url');

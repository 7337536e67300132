import type {Credential} from './credential.ts';

/** What a run brought, and until when it may be used (milliseconds; Infinity: until a 401). */
export type Fetched = {readonly credential: Credential; readonly expiresAt: number};

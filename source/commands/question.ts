import type {Source, Target} from '../path/target.ts';

/** What `knet trace` was asked. */
export type Question = {readonly target: Target; readonly from?: Source; readonly namespace?: string};

import type {Target} from '../path/target.ts';
import type {Source} from '../model/request.ts';

/** What `knet trace` was asked. */
export type Question = {readonly target: Target; readonly from?: Source; readonly namespace?: string};

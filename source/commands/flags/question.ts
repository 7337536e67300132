import type {Target} from '../../path/target.ts';
import type {RequestedSource} from '../../model/request.ts';

/** What `knet trace` was asked. */
export type Question = {
	readonly target: Target;
	readonly from?: RequestedSource;
	readonly namespace?: string;
};

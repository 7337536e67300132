import type {Meta} from '../meta.ts';

/** An object of a router that knet does not follow: only the hosts that it names. */
export type ForeignRoute = Meta & {
	/** '' for any host, or for a rule of hosts that is no list of names. */
	readonly hosts: readonly string[];
};

import type {Verdict} from './hop.ts';

/** A part of the cluster on which every path may rest, whatever namespace is looked at. */
export type ClusterPart = {
	readonly part: 'dns' | 'controllers' | 'nodes' | 'kube-proxy' | 'policies';
	readonly verdict: Verdict;
	/** For the header: `2/2`. */
	readonly short: string;
	/** In words, for the overview. */
	readonly text: string;
};

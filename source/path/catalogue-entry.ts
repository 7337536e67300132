import type {HopKind} from './hop-kind.ts';

/** How bad a finding is for the traffic of the hop it stands on. */
export type Severity = 'error' | 'warning' | 'info';

/** What `knet explain CODE` prints, and what every finding of that code shares. */
export type CatalogueEntry = {
	/** `KNET503`: stable once shipped, never used again for something else. */
	readonly code: string;
	readonly slug: string;
	readonly severity: Severity | 'unknown';
	readonly hop: HopKind | 'any';
	/** What is known of a list: it is refused, still to come, or old. */
	readonly access?: 'forbidden' | 'pending' | 'stale';
	/** A manifest cannot decide it: it rests on what only a cluster writes. */
	readonly toldByClusters?: true;
	/** Hops further on: where one of them has an error, this finding only repeats it, and that error is the root cause. */
	readonly repeats?: readonly HopKind[];
	/** A fault of the protocol: it stops a request only once the connection is there. */
	readonly afterConnection?: true;
	/** One line. */
	readonly title: string;
	/** What it means and when exactly it is said. */
	readonly what: string;
	/** Why it matters: what the client sees. */
	readonly why: string;
	/** How to see it by hand, as commands or steps. */
	readonly see: string;
	/** How to fix it. */
	readonly remedy: string;
};

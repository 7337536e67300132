import type {EvidenceField} from '../../finding.ts';

/** What is wrong with a name that has no record, and what to do. */
export type Advice = {
	/** As the end of a sentence: `there is no Service wbe in namespace shop`. */
	readonly cause?: string;
	readonly remedy: string;
	readonly command: string;
	readonly evidence?: readonly EvidenceField[];
	/** The Service that the name speaks of exists: no server outside knows the name. */
	readonly isOurs?: boolean;
	/** False: nothing of the cluster is like the name. */
	readonly isLikely?: boolean;
};

/** How bad a finding is for the traffic of the hop it stands on. */
export type Severity = 'error' | 'warning' | 'info';

/** A field of an object, or an observation, on which a finding rests. */
export type EvidenceField = {
	/** `Kind/namespace/name`, or the vantage of a probe. */
	readonly object: string;
	/** Field path as kubectl writes it: `status.conditions[Ready].reason`. */
	readonly path: string;
	readonly value: string;
};

/** A coded statement about a hop. Made only by `finding()` of catalogue.ts. */
export type Finding = {
	readonly code: string;
	readonly slug: string;
	readonly severity: Severity;
	/** True for the codes that say "this cannot be decided": the hop is unknown, not broken. */
	readonly undecided?: boolean;
	/** One sentence a person can act on. */
	readonly message: string;
	readonly evidence: readonly EvidenceField[];
	readonly remedy: string;
	/** A command to run that shows or mends it; names and namespaces are filled in. */
	readonly command?: string;
};

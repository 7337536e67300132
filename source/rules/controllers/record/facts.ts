import type {StopReason, Symptom} from '../../stop.ts';
import type {Version} from '../../version.ts';

/** Flags and settings by lower-case name without dashes; '' for a bare flag. */
export type Flags = Readonly<Record<string, string>>;

/** What is read of a running controller. */
export type Facts = {
	/** Empty where its workload may not be read. */
	readonly flags: Flags;
	/** Of the image's tag. Absent: a digest, `latest`, or no workload. */
	readonly version?: Version;
};

/** What the client gets when something behind the controller fails. Absent: not known. */
export type Answers = Partial<Record<StopReason, Symptom>>;

/**
By which condition of an endpoint a controller chooses: `serving` and not terminating, `ready` without a fallback, or
`ready` only where the condition is there.
*/
export type EndpointChoice = 'ready' | 'serving' | 'ready-said' | 'ready-or-all';

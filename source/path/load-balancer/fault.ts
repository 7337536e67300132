import type {StopReason} from '../../rules/stop.ts';
import type {EvidenceField, Finding} from '../finding.ts';

/** What is wrong, and why the request stops there where it is an error. */
export type Fault = {readonly finding: Finding; readonly stop?: StopReason};

/** Why a load balancer has no address, and what to do; the text begins with a space. */
export type Cause = {
	readonly text: string;
	readonly evidence: readonly EvidenceField[];
	readonly remedy: string;
	readonly command: string;
};

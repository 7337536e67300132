import type {StopReason} from '../../rules/stop.ts';
import type {Finding} from '../finding.ts';

/** What is wrong, and why the request stops there where it is an error. */
export type Fault = {readonly finding: Finding; readonly stop?: StopReason};

import {parseRequestTimeout} from '../../cluster/kubeconfig/go-duration.ts';
import type {Flags} from './flags.ts';

const fallback = 30_000;

/** How long a command waits for the cluster, in milliseconds: `--request-timeout`, else 30 s. 0 is no limit: `Infinity`. */
export function timeoutOf({requestTimeout}: Flags): number {
	return requestTimeout === undefined ? fallback : parseRequestTimeout(requestTimeout) || Infinity;
}

/** How long an exec plugin may take for a command: as long as the user said. Undefined: its own limits. */
export function credentialTimeoutOf(flags: Flags): number | undefined {
	return flags.requestTimeout === undefined ? undefined : timeoutOf(flags);
}

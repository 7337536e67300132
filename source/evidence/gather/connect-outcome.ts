import {PortForwardError} from '../../cluster/port-forward.ts';
import type {ConnectOutcome, Failure} from '../../model/evidence.ts';
import {safe} from '../../model/safe-text/safe.ts';
import {failureOf} from '../failure.ts';

// Not ENETUNREACH: this machine has no route (no IPv6, for one), which says nothing of the other end.
const words: Readonly<Record<string, 'refused' | 'reset' | 'unreachable'>> = {
	ECONNREFUSED: 'refused',
	ECONNRESET: 'reset',
	EHOSTUNREACH: 'unreachable',
	EHOSTDOWN: 'unreachable',
};

/** What a connection that failed says of its other end; a failure where it says nothing. */
export function connectOutcome(
	error: unknown,
	signal: AbortSignal,
	permission?: string,
): ConnectOutcome | Failure {
	if (error instanceof PortForwardError && error.refused) {
		return {outcome: 'refused', message: safe(lastWords(error.message))};
	}

	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const outcome = signal.aborted ? undefined : words[code];
	return outcome
		? {outcome, message: safe(error instanceof Error ? error.message : code)}
		: failureOf(error, signal, permission);
}

/** The kubelet wraps the reason in the names of sandboxes: `… IPv4: dial tcp4 127.0.0.1:8081: connect: connection refused`. */
function lastWords(message: string): string {
	return /dial tcp\S* \S+ connect: connection refused/u.exec(message)?.[0] ?? message;
}

import {currentEvidence} from '../../model/current-evidence.ts';
import {isFailure, type ConnectObservation} from '../../model/evidence.ts';
import {sameIp} from '../../model/matching/ip.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Connection, PolicySource} from '../../rules/network-policy/connections.ts';

/** What probes made in the client pod itself showed; others prove nothing of policies. */
export type Probed = 'nothing' | 'connected' | 'timed-out';

export function probed(snapshot: Snapshot, source: PolicySource, connections: readonly Connection[]): Probed {
	if (source.type !== 'pod') {
		return 'nothing';
	}

	const results = currentEvidence(snapshot, 'connect', ['Pod'])
		.filter((item) => isFrom(item, source.pod))
		.filter(({subject}) =>
			connections.some(
				({endpoint}) => endpoint.port === subject.port && sameIp(endpoint.address, subject.address),
			),
		)
		.map(outcomeOf);
	// One that was let through shows that no policy stands in the way.
	return results.includes('connected')
		? 'connected'
		: results.includes('timed-out')
			? 'timed-out'
			: 'nothing';
}

function isFrom({vantage}: ConnectObservation, pod: Pod): boolean {
	return vantage.type === 'pod' && vantage.namespace === pod.namespace && vantage.pod === pod.name;
}

/** A refusal came back from the pod: packets pass. */
function outcomeOf({result}: ConnectObservation): Probed {
	if (isFailure(result)) {
		return result.failed === 'timeout' ? 'timed-out' : 'nothing';
	}

	switch (result.outcome) {
		case 'connected':
		case 'refused':
		case 'reset':
			return 'connected';
		case 'unreachable':
			return 'timed-out';
	}
}

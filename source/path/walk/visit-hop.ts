import {recordReads} from '../../model/recording-snapshot.ts';
import {accessFinding} from '../access.ts';
import type {Finding} from '../finding.ts';
import type {HopKind} from '../hop.ts';
import type {Resolved, Resolver, Visit} from '../resolver.ts';

/** Watches reconnect all the time; only a picture older than this is called unknown. Milliseconds. */
const staleAfter = 10_000;

/** Runs a resolver, and says of a green hop that rests on an old picture that it is not known any more (KNET903). */
export function visitHop<K extends HopKind, Input, Output extends Resolved<K>>(
	resolver: Resolver<K, Input, Output>,
	visit: Visit,
	input: Input,
): Output {
	const {snapshot, reads} = recordReads(visit.snapshot);
	const resolved = resolver.resolve({...visit, snapshot}, input);
	const stale = staleFindings(visit, reads);
	if (stale.length === 0 || resolved.hop.status === 'skipped') {
		return resolved;
	}

	const status = resolved.hop.status === 'broken' ? 'broken' : 'unknown';
	return {...resolved, hop: {...resolved.hop, status, findings: [...resolved.hop.findings, ...stale]}};
}

function staleFindings(visit: Visit, reads: ReturnType<typeof recordReads>['reads']): readonly Finding[] {
	for (const [kind, places] of reads) {
		for (const place of places) {
			const namespace = place === '*' || place === '' ? undefined : place;
			const state = visit.snapshot.state(kind, namespace);
			if (state.state === 'stale' && visit.snapshot.now - state.since > staleAfter) {
				// One is enough: they share the connection.
				return [accessFinding(kind, namespace, state)].filter((finding) => finding !== undefined);
			}
		}
	}

	return [];
}

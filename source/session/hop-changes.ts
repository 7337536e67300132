import type {Hop} from '../path/hop.ts';
import type {Trace} from '../path/report.ts';
import type {HopChange, Selected} from '../view/state.ts';

type Changes = Selected['changes'];

/** Which hops changed their status, by `position of the path/kind`; older changes stay until the hop changes again. */
export function hopChanges(before: Trace | undefined, after: Trace, known: Changes, now: number): Changes {
	const statuses = statusesOf(before);
	const fresh: Record<string, HopChange> = {};
	for (const [key, hop] of statusesOf(after)) {
		const was = statuses.get(key);
		if (was && was.status !== hop.status && !isWaiting(was)) {
			fresh[key] = {at: now, was: was.status};
		}
	}

	return Object.keys(fresh).length === 0 ? known : {...known, ...fresh};
}

function statusesOf(trace: Trace | undefined): ReadonlyMap<string, Hop> {
	return new Map(
		trace?.paths.flatMap(({hops}, position) => hops.map((hop) => [`${position}/${hop.kind}`, hop] as const)),
	);
}

/** It was unknown for want of a list: that the list came is no change of the path. */
function isWaiting({status, findings}: Hop): boolean {
	return status === 'unknown' && findings.some(({code}) => code === 'KNET902');
}

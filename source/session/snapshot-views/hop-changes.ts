import type {Hop} from '../../path/hop.ts';
import type {Trace} from '../../path/report.ts';
import type {HopChange, Selected} from '../state.ts';

type Changes = Selected['changes'];

/**
Which hops changed their status, by `position of the path/kind`; older changes stay until the hop changes again. A list that
arrives changes no path; neither does a break that appears or goes before a hop.
*/
export function hopChanges(before: Trace | undefined, after: Trace, known: Changes, now: number): Changes {
	const statuses = statusesOf(before);
	if ([...statuses.values()].some(isWaiting)) {
		return known;
	}

	const fresh: Record<string, HopChange> = {};
	for (const [key, {status}] of statusesOf(after)) {
		const was = statuses.get(key)?.status;
		if (was && was !== status && was !== 'skipped' && status !== 'skipped') {
			fresh[key] = {at: now, was};
		}
	}

	return Object.keys(fresh).length === 0 ? known : {...known, ...fresh};
}

function statusesOf(trace: Trace | undefined): ReadonlyMap<string, Hop> {
	return new Map(
		trace?.paths.flatMap(({hops}, position) => hops.map((hop) => [`${position}/${hop.kind}`, hop] as const)),
	);
}

/** Unknown because a list is still to come. */
function isWaiting({findings}: Hop): boolean {
	return findings.some(({access}) => access === 'pending');
}

import {verdictOrder, type Hop, type HopStatus, type Verdict} from '../hop.ts';
import type {Path} from '../report.ts';

/** Of a path, from its hops. Nothing but skipped hops: nothing is known. */
export function verdictOf(hops: readonly Hop[]): Verdict {
	return worst(hops.map(({status}) => status)) ?? 'unknown';
}

/** The worst of several; undefined where none is a verdict. */
export function worst(statuses: readonly HopStatus[]): Verdict | undefined {
	const found = verdictOrder.find((verdict) => statuses.includes(verdict));
	return found === 'skipped' ? undefined : found;
}

/** Of paths that stand side by side: the worst, where the alternatives of one request count as one. */
export function verdictOfAll(paths: readonly Path[]): Verdict | undefined {
	const groups = [...Map.groupBy(paths, alternativesOf).values()];
	return worst(groups.map(ofAlternatives));
}

/** Backends of one rule and families of one Service: a request takes one of them. Ports, sides and sources are no alternatives. */
function alternativesOf(path: Path): unknown {
	const {title, share, family, from} = path;
	if (share !== undefined) {
		return 'share';
	}

	return family === undefined ? path : `${title.replace(` ${family}`, '')} ${JSON.stringify(from)}`;
}

/** Broken when every alternative is; when only some are, a share of the requests gets through. */
function ofAlternatives(paths: readonly Path[]): HopStatus {
	const verdicts = paths.map(({verdict}) => verdict);
	const found = worst(verdicts) ?? 'skipped';
	return found === 'broken' && verdicts.some((verdict) => verdict !== 'broken') ? 'degraded' : found;
}

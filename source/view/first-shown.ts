import {verdictOrder, type Hop, type Verdict} from '../path/hop.ts';
import {mainFinding} from '../path/main-finding.ts';
import type {Path} from '../path/report.ts';

/** The one of several paths to show first: the worst, and the first of equals. */
export function worstPath(paths: readonly Path[]): number {
	const ranks = paths.map(({verdict}) => rankOf(verdict));
	return Math.max(0, ranks.indexOf(Math.min(...ranks)));
}

/** 0 is worst. */
export function rankOf(verdict: Verdict | undefined): number {
	return verdict === undefined ? verdictOrder.indexOf('ok') : verdictOrder.indexOf(verdict);
}

/**
The hop to look at first: the one whose finding is to fix, with its remedy and command, since the row where traffic stops says so by
itself. Of a path that is well, the first that is not, else the first on the way.
*/
export function firstHop(path: Path): number {
	const toFix = hopToFix(path);
	if (toFix) {
		return path.hops.indexOf(toFix);
	}

	const unwell = path.hops.findIndex(({status}) => status !== 'ok' && status !== 'skipped');
	return Math.max(0, unwell >= 0 ? unwell : path.hops.findIndex(({status}) => status !== 'skipped'));
}

/** The hop with the finding that names what to fix. Undefined where the path is well. */
export function hopToFix(path: Path): Hop | undefined {
	return path.verdict === 'ok' ? undefined : mainFinding(path)?.hop;
}

import {verdictOrder, type Verdict} from '../path/hop.ts';
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

/** The hop to look at first: where traffic stops, else the first that is not well, else the first on the way. */
export function firstHop(path: Path): number {
	const broken = path.brokenAt === undefined ? -1 : path.hops.findIndex(({kind}) => kind === path.brokenAt);
	if (broken >= 0) {
		return broken;
	}

	const unwell = path.hops.findIndex(({status}) => status !== 'ok' && status !== 'skipped');
	return Math.max(0, unwell >= 0 ? unwell : path.hops.findIndex(({status}) => status !== 'skipped'));
}

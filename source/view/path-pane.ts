import type {Path, Trace} from '../path/report.ts';
import {verdictOrder, type Verdict} from '../path/hop.ts';
import {span, type Line} from './line.ts';
import type {Glyphs} from './glyphs.ts';
import {percent, requestWords, sourceWords, symptomWords, toneOf} from './words.ts';
import type {TraceOptions} from '../model/request.ts';

/** The verdict of a path for the end of its title: `broken · client sees 503`. */
export function verdictNote(path: Path): Line {
	const symptom = path.symptom && path.verdict !== 'ok' ? `, client sees ${symptomWords[path.symptom]}` : '';
	return [span(path.verdict, toneOf(path.verdict), true), span(symptom, toneOf(path.verdict))];
}

/** Of several paths, the one to show first: the worst, and of equals the first. */
export function worstPath(paths: readonly Path[]): number {
	const ranks = paths.map(({verdict}) => rankOf(verdict));
	return Math.max(0, ranks.indexOf(Math.min(...ranks)));
}

/** 0 is worst. */
export function rankOf(verdict: Verdict | undefined): number {
	return verdict === undefined ? verdictOrder.indexOf('ok') : verdictOrder.indexOf(verdict);
}

type Context = {readonly glyphs: Glyphs; readonly traceOptions: TraceOptions};

/** Where the request starts, what was chosen for it, and which of several paths this is: `from outside   path 2 of 3, 20% of requests`. */
export function pathContext(trace: Trace, position: number, {glyphs, traceOptions}: Context): Line {
	const path = trace.paths[position];
	const made = trace.target.kind === 'url' ? requestWords(traceOptions.request) : [];
	const from = span([`from ${sourceWords(path?.from ?? trace.from)}`, ...made].join('  '), 'dim');
	if (trace.paths.length < 2 || !path) {
		return [from];
	}

	const dots = trace.paths.flatMap(({verdict}, other) => [
		span(other === position ? glyphs.select : ' ', 'accent', true),
		span(glyphs.status[verdict], toneOf(verdict)),
	]);
	const share = path.share === undefined ? '' : `, ${percent(path.share)} of requests`;
	return [from, span(`   path ${position + 1} of ${trace.paths.length}${share} `), ...dots];
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

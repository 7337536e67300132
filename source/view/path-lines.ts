import type {Hop} from '../path/hop.ts';
import type {Path, Trace} from '../path/report.ts';
import type {Selected} from '../session/state.ts';
import type {TraceOptions} from '../model/request.ts';
import {causeLines} from './cause-lines.ts';
import {spread} from './text/fit.ts';
import type {Glyphs} from './text/glyphs.ts';
import {foldedLine, hopLine} from './hop-line.ts';
import {span, type Line} from './text/line.ts';
import {pathContext} from './path-title.ts';
import {percent, sourceWords, symptomText} from './text/words.ts';
import {widthOf} from './text/width.ts';
import {wrap} from './text/wrap.ts';

export type PathLinesInput = {
	readonly trace: Trace;
	readonly path: Path;
	readonly pathIndex: number;
	readonly hopIndex: number;
	readonly changes: Selected['changes'];
	readonly traceOptions: TraceOptions;
	readonly focused: boolean;
	/** The cause takes at most so many rows. */
	readonly causeRows?: number;
	/** The key that tests the path, where it may be tested. */
	readonly testKey?: string;
	readonly width: number;
	readonly now: number;
	readonly glyphs: Glyphs;
};

export type PathLines = {
	readonly lines: readonly Line[];
	/** Rows of the cause, at the top. */
	readonly causeRows: number;
	/** Row of the hop that is looked at. */
	readonly selected: number;
};

/** A path: why it is not well, which of several it is, its hops, and in one row those that are not on the way. */
export function pathLines(input: PathLinesInput): PathLines {
	const {path, hopIndex, width, glyphs} = input;
	const selected = path.hops[hopIndex];
	const cause = causeLines(path, {width, glyphs, rows: input.causeRows});
	const head = [...cause, ...contextLines(input)];
	const passed = path.hops.filter(({status}) => status !== 'skipped');
	const folded = path.hops.filter(({status}) => status === 'skipped');
	const isFolded = selected !== undefined && folded.includes(selected);
	const lines = [
		...head,
		...passed.map((hop) => hopLine(hop, optionsOf(hop, input, hop === selected))),
		...(folded.length === 0
			? []
			: [foldedLine(folded, isFolded ? selected : undefined, optionsOf(folded[0]!, input, isFolded))]),
		...notCheckedLines(input),
	];
	const position = isFolded ? passed.length : selected ? passed.indexOf(selected) : 0;
	return {lines, causeRows: cause.length, selected: head.length + position};
}

function optionsOf(hop: Hop, input: PathLinesInput, selected: boolean) {
	const {width, focused, path, changes, pathIndex, now, glyphs} = input;
	return {width, selected, focused, path, change: changes[`${pathIndex}/${hop.kind}`], now, glyphs};
}

/**
Which of several paths this is. Where not all are well, a row for each: the sides of a Service, backends, families. Of a
single one the title says it.
*/
function contextLines(input: PathLinesInput): readonly Line[] {
	const {trace, pathIndex, glyphs, traceOptions} = input;
	if (trace.paths.length < 2) {
		return [];
	}

	const context = [span(' '), ...pathContext(trace, pathIndex, {glyphs, traceOptions})];
	const isWell = trace.paths.every(({verdict}) => verdict === 'ok');
	return isWell || trace.paths.length > mostSides
		? [context]
		: trace.paths.map((path, at) => sideLine(path, at, input));
}

/** More paths are counted rather than listed. */
const mostSides = 5;

function sideLine(path: Path, position: number, {trace, pathIndex, glyphs}: PathLinesInput): Line {
	const isShown = position === pathIndex;
	const share = path.share === undefined ? '' : `  ${percent(path.share)} of requests`;
	const sees = path.symptom && path.verdict !== 'ok' ? `  ${symptomText(path.symptom)}` : '';
	const from = `${sourceWords(path.from ?? trace.from)}${path.family ? `, ${path.family}` : ''}`;
	return [
		span(' '),
		span(isShown ? glyphs.selectElsewhere : ' ', 'accent', true),
		span(`${glyphs.status[path.verdict]} `, path.verdict),
		span(path.title, isShown ? 'strong' : 'dim', isShown),
		span(`  from ${from}${share}`, 'dim'),
		span(sees, path.verdict),
	];
}

/** Where an ok ends: what knet did not look at, and the key that tests it. */
function notCheckedLines({trace, pathIndex, width, glyphs, testKey}: PathLinesInput): readonly Line[] {
	const path = trace.paths[pathIndex];
	const {notChecked} = trace;
	if (!path || notChecked.length === 0 || (path.verdict !== 'ok' && path.verdict !== 'degraded')) {
		return [];
	}

	const rows = wrap(`not checked: ${notChecked.join(', ')}`, Math.max(8, width - 4));
	const offer = testKey !== undefined && isTestable(path) ? `  ${testKey} tests it ` : '';
	return rows.map((row, position) => {
		const text = span(`   ${row}`, 'dim');
		const isOffered = position === rows.length - 1 && widthOf(text.text + offer) <= width;
		return isOffered ? spread([text], [span(offer, 'dim')], width, glyphs.ellipsis) : [text];
	});
}

/** Who answers for an address and what listens behind a port: a request says it. */
function isTestable({hops}: Path): boolean {
	return hops.some(
		({kind, notChecked = []}) => (kind === 'load-balancer' || kind === 'pod') && notChecked.length > 0,
	);
}

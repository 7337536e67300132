import type {Hop} from '../path/hop.ts';
import type {Path} from '../path/report.ts';
import {changeMarked, cursorSpan} from './entry-line.ts';
import {spread} from './fit.ts';
import {humanDuration} from '../model/duration.ts';
import type {Glyphs} from './glyphs.ts';
import {span, type Line, type Span} from './line.ts';
import type {HopChange} from '../session/state.ts';
import {padTo, widthOf} from './width.ts';
import {hopNames, shortHopNames, toneOf} from './words.ts';

export type HopLineOptions = {
	readonly width: number;
	readonly selected: boolean;
	readonly focused: boolean;
	readonly path: Path;
	readonly change?: HopChange;
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly glyphs: Glyphs;
};

const nameWidth = 15;
const shortNameWidth = 7;

/** One hop: status, name, what was decided there, and whether traffic stops here or the cause lies here. */
export function hopLine(hop: Hop, options: HopLineOptions): Line {
	const {glyphs, width} = options;
	const narrow = width < 50;
	const name = narrow ? shortHopNames[hop.kind] : hopNames[hop.kind];
	const skipped = hop.status === 'skipped';
	const left = [
		cursorSpan(options),
		span(`${glyphs.status[hop.status]} `, toneOf(hop.status)),
		span(padTo(name, narrow ? shortNameWidth : nameWidth), skipped ? 'dim' : undefined, options.selected),
		...summarySpans(hop),
	];
	return spread(left, markOf(hop, options), width, glyphs.ellipsis);
}

function summarySpans(hop: Hop): Span[] {
	const summary = span(hop.summary, hop.status === 'skipped' ? 'dim' : undefined);
	const name = subjectName(hop);
	return name === undefined ? [summary] : [span(`${name}  `, 'strong'), summary];
}

/** The object, where the summary does not name it. A route may be an Ingress or one of five route kinds: it says which. */
function subjectName({kind, status, subject, summary}: Hop): string | undefined {
	if (!subject || status === 'skipped') {
		return undefined;
	}

	const name = kind === 'route' ? `${subject.kind} ${subject.name}` : subject.name;
	return summary.includes(name) ? undefined : name;
}

/** Whether the finding that, mended, mends the path stands on this hop. */
export function isRootCause(hop: Hop, path: Path): boolean {
	return path.rootCause !== undefined && hop.findings.some(({code}) => code === path.rootCause);
}

function markOf(hop: Hop, options: HopLineOptions): Line {
	const {path, change, now, glyphs, width} = options;
	const narrow = width < 72;
	const stops = path.verdict === 'broken' && path.brokenAt === hop.kind;
	const root = isRootCause(hop, path);
	const words = [
		...(stops ? [narrow ? 'stops here' : 'traffic stops here'] : []),
		...(root ? [stops && narrow ? 'root' : 'root cause'] : []),
	].join(', ');
	if (words !== '') {
		return [span(` ${glyphs.here} ${words} `, toneOf(hop.status), true)];
	}

	if (change && now - change.at < changeMarked) {
		return [span(` ${glyphs.changed} was ${change.was}, ${humanDuration(now - change.at)} ago `, 'accent')];
	}

	return hop.basis === 'evidence' && !narrow ? [span('  observed ', 'dim')] : [];
}

/** All hops in one row, for when the detail needs the screen: `✓ DNS ✓ Route ✗ Endpoints`. */
export function hopStrip(path: Path, selected: number, width: number, glyphs: Glyphs): Line {
	const wide = stripOf(path, selected, hopNames, glyphs);
	return fits(wide, width) ? wide : stripOf(path, selected, shortHopNames, glyphs);
}

function stripOf(
	path: Path,
	selected: number,
	names: Readonly<Record<string, string>>,
	glyphs: Glyphs,
): Line {
	return path.hops.flatMap((hop, position) => [
		span(position === selected ? glyphs.select : ' ', 'accent', true),
		span(glyphs.status[hop.status], toneOf(hop.status)),
		span(names[hop.kind] ?? hop.kind, position === selected ? 'strong' : 'dim', position === selected),
	]);
}

function fits(line: Line, width: number): boolean {
	return line.reduce((sum, {text}) => sum + widthOf(text), 0) <= width;
}

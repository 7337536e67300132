import type {Hop} from '../path/hop.ts';
import type {Path} from '../path/report.ts';
import {calmAge} from './text/age.ts';
import {changeMarked, cursorSpan} from './entries/entry-line.ts';
import {exactly, lineWidth, spread} from './text/fit.ts';
import type {Glyphs} from './text/glyphs.ts';
import {isHopStillRead} from './still-reading.ts';
import {span, type Line, type Span, type Tone} from './text/line.ts';
import {seenAt} from './probe-results.ts';
import type {HopChange} from '../session/state.ts';
import {padTo, widthOf} from './text/width.ts';
import {hopNames, shortHopNames, toneOf} from './text/words.ts';

type HopLineOptions = {
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
/** A mark further from its hop than this is read as that of no hop. */
const furthestMark = 90;

/** One hop: status, name, what was decided there, and whether traffic stops here or the cause lies here. */
export function hopLine(hop: Hop, options: HopLineOptions): Line {
	const {glyphs, width} = options;
	const left = leftOf(hop, options);
	const room = Math.min(width, furthestMark);
	// The summary holds the answer: what is said beside it gives way first.
	const marks = marksOf(hop, options);
	const mark = marks.find((line) => lineWidth(left) + lineWidth(line) <= room) ?? marks.at(-1) ?? [];
	const line = spread(
		left,
		mark,
		Math.max(room, Math.min(width, lineWidth(left) + lineWidth(mark))),
		glyphs.ellipsis,
	);
	return exactly(line, width, glyphs.ellipsis);
}

function leftOf(hop: Hop, options: HopLineOptions): Line {
	const narrow = options.width < 50;
	const name = narrow ? shortHopNames[hop.kind] : hopNames[hop.kind];
	return [
		cursorSpan(options),
		span(`${signOf(hop, options.glyphs)} `, signTone(hop)),
		span(
			padTo(name, narrow ? shortNameWidth : nameWidth),
			hop.status === 'skipped' ? 'dim' : undefined,
			options.selected,
		),
		...summarySpans(hop),
	];
}

function signOf(hop: Hop, glyphs: Glyphs): string {
	return isHopStillRead(hop) ? glyphs.pending : glyphs.status[hop.status];
}

function signTone(hop: Hop): Tone {
	return isHopStillRead(hop) ? 'dim' : toneOf(hop.status);
}

function summarySpans(hop: Hop): Span[] {
	if (isHopStillRead(hop)) {
		return [span('still being read', 'dim')];
	}

	const summary = span(summaryText(hop), hop.status === 'skipped' ? 'dim' : undefined);
	const name = subjectName(hop);
	return name === undefined ? [summary] : [span(`${name}  `, 'strong'), summary];
}

/** The explorer has a word after `:` for what is a flag on the command line. */
function summaryText({summary}: Hop): string {
	return summary.replace('ask with --from ', 'ask with :from ');
}

/** The object, where the summary does not name it. A route may be an Ingress or one of five route kinds: it says which. */
function subjectName({kind, status, subject, summary}: Hop): string | undefined {
	if (!subject || status === 'skipped') {
		return undefined;
	}

	const name = kind === 'route' ? `${subject.kind} ${subject.name}` : subject.name;
	return summary.includes(name) ? undefined : name;
}

/** Whether the finding whose fix fixes the path stands on this hop. */
export function isRootCause(hop: Hop, path: Path): boolean {
	return path.rootCause !== undefined && hop.findings.some(({code}) => code === path.rootCause);
}

/** What is said at the end of a hop, long to short. */
function marksOf(hop: Hop, options: HopLineOptions): readonly Line[] {
	const {path, change, now, glyphs} = options;
	const stops = path.verdict === 'broken' && path.brokenAt === hop.kind;
	const root = isRootCause(hop, path);
	if (stops || root) {
		return placeWords(stops, root).map((words) => [
			span(` ${glyphs.here}${words === '' ? '' : ` ${words}`} `, toneOf(hop.status), true),
		]);
	}

	if (change && now - change.at < changeMarked) {
		return [
			[span(` ${glyphs.changed} was ${change.was} `, 'accent')],
			[span(` ${glyphs.changed} `, 'accent')],
		];
	}

	return [...seenMarks(hop, options), []];
}

function placeWords(stops: boolean, root: boolean): readonly string[] {
	if (stops && root) {
		return ['traffic stops here, root cause', 'stops here, cause', 'cause', ''];
	}

	return stops ? ['traffic stops here', 'stops here', 'stops', ''] : ['root cause', 'cause', ''];
}

function seenMarks(hop: Hop, {now}: HopLineOptions): readonly Line[] {
	const at = seenAt(hop);
	if (at !== undefined) {
		return [[span(`  seen ${calmAge(now - at)} `, 'dim')]];
	}

	return hop.basis === 'evidence' ? [[span('  observed ', 'dim')]] : [];
}

/** Hops that a request does not pass, in one row; of the one that is looked at, why. */
export function foldedLine(hops: readonly Hop[], selected: Hop | undefined, options: HopLineOptions): Line {
	const {glyphs, width} = options;
	const lead = [cursorSpan(options), span(`${glyphs.status.skipped} `, 'skipped')];
	if (selected) {
		const text = `${hopNames[selected.kind]}: ${summaryText(selected)}`;
		const others = othersTexts(hops.filter((hop) => hop !== selected));
		const room = width - 3 - widthOf(text);
		const also = others.find((each) => widthOf(each) <= room) ?? '';
		return exactly([...lead, span(text, 'dim', true), span(also, 'dim')], width, glyphs.ellipsis);
	}

	const texts = [
		notPassedText(hops, nameWithReason),
		notPassedText(hops, ({kind}) => hopNames[kind]),
		notPassedText(hops, ({kind}) => shortHopNames[kind]),
	];
	const text = texts.find((each) => widthOf(each) + 3 <= width) ?? texts.at(-1)!;
	return exactly([...lead, span(text, 'dim')], width, glyphs.ellipsis);
}

/** The names of the other hops, with long words and with short ones. */
function othersTexts(others: readonly Hop[]): readonly string[] {
	return others.length === 0
		? []
		: [hopNames, shortHopNames].map((names) => `; also ${others.map(({kind}) => names[kind]).join(', ')}`);
}

/** Hops behind the break are told from those that a request would never pass. */
function notPassedText(hops: readonly Hop[], nameOf: (hop: Hop) => string): string {
	const passedBy = hops.filter(({isBehindBreak}) => !isBehindBreak);
	const behind = hops.filter(({isBehindBreak}) => isBehindBreak);
	return [
		...(passedBy.length > 0 ? [`not on the way: ${passedBy.map(nameOf).join(', ')}`] : []),
		...(behind.length > 0 ? [`not reached: ${behind.map(nameOf).join(', ')}`] : []),
	].join('; ');
}

/** With the reason. Hops behind the break share theirs: it stands at the head of the list. */
function nameWithReason(hop: Hop): string {
	const name = hopNames[hop.kind];
	return hop.isBehindBreak ? name : `${name} (${summaryText(hop)})`;
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
		span(signOf(hop, glyphs), signTone(hop)),
		span(names[hop.kind] ?? hop.kind, position === selected ? 'strong' : 'dim', position === selected),
	]);
}

function fits(line: Line, width: number): boolean {
	return line.reduce((sum, {text}) => sum + widthOf(text), 0) <= width;
}

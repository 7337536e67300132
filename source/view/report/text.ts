import type {Finding} from '../../path/finding.ts';
import type {Severity} from '../../path/catalogue-entry.ts';
import type {Hop} from '../../path/hop.ts';
import type {Path, Trace} from '../../path/report.ts';
import {namesList} from '../../rules/names-list.ts';
import type {Glyphs} from '../text/glyphs.ts';
import {isRootCause} from '../hop-line.ts';
import {span, type Line, type Tone} from '../text/line.ts';
import {padTo} from '../text/width.ts';
import {hopNames, percent, refName, sourceWords, symptomText} from '../text/words.ts';
import {wideLines} from './wide.ts';

export type TextOptions = {
	readonly glyphs: Glyphs;
	/** Details of every hop too: tables of endpoints, backends, pods. */
	readonly wide: boolean;
};

/** A trace as lines for a terminal: hops top-down, then findings, the verdict last, where the eye ends. */
export function traceLines(trace: Trace, options: TextOptions): readonly Line[] {
	const lines = trace.paths.flatMap((path) => [...pathLines(path, options), []]);
	const routed = trace.routedBy ? [[span(`routed by ${trace.routedBy.join(', ')}`, 'dim')], []] : [];
	return [
		...lines,
		...routed,
		...trace.paths.map((path) => verdictLine(path, options)),
		...partLines(trace, options),
		...notCheckedLines(trace.notChecked),
	];
}

/** How many of the things that were not checked are named where there is little room. */
export const mostNotChecked = 6;

/** Where an ok ends: what knet did not look at. `most`: how many are named. */
export function notCheckedLines(items: readonly string[], most = Infinity): readonly Line[] {
	return items.length === 0 ? [] : [[span(`  not checked: ${namesList(items, most)}`, 'dim')]];
}

function pathLines(path: Path, options: TextOptions): readonly Line[] {
	return [
		[
			span(path.title, 'strong', true),
			...(path.share === undefined ? [] : [span(`  ${percent(path.share)} of requests`, 'dim')]),
		],
		...path.hops.flatMap((hop) => [hopText(hop, path, options), ...(options.wide ? wideLines(hop) : [])]),
		...inOrder(path).flatMap((finding) => findingLines(finding)),
	];
}

/** Hop by hop; what stops the request comes before what is not known beside it. */
function inOrder(path: Path): readonly Finding[] {
	const findings = distinctFindings(path);
	return path.verdict === 'broken'
		? findings.toSorted((a, b) => Number(a.undecided === true) - Number(b.undecided === true))
		: findings;
}

/** Several hops may rest on the same kind that cannot be read: said once. */
function distinctFindings({hops}: Path): readonly Finding[] {
	const all = hops.flatMap(({findings}) => findings);
	return [...new Map(all.map((finding) => [`${finding.code} ${finding.message}`, finding])).values()];
}

function hopText(hop: Hop, path: Path, {glyphs}: TextOptions): Line {
	const stops = path.verdict === 'broken' && path.brokenAt === hop.kind;
	const marks = [...(stops ? ['traffic stops here'] : []), ...(isRootCause(hop, path) ? ['root cause'] : [])];
	const quiet = hop.status === 'skipped' ? 'dim' : undefined;
	const named = hop.subject && !hop.summary.includes(hop.subject.name) && hop.status !== 'skipped';
	return [
		span(`  ${glyphs.status[hop.status]} `, hop.status),
		span(padTo(hopNames[hop.kind], 15), quiet),
		span(named && hop.subject ? `${refName(hop.subject)}  ${hop.summary}` : hop.summary, quiet),
		...(hop.basis === 'evidence' ? [span('  (observed)', 'dim')] : []),
		...(marks.length > 0 ? [span(`  ${glyphs.here} ${marks.join(', ')}`, hop.status, true)] : []),
	];
}

const severityTones: Readonly<Record<Severity, Tone>> = {error: 'broken', warning: 'degraded', info: 'dim'};

export function findingLines({
	code,
	severity,
	undecided,
	message,
	evidence,
	remedy,
	command,
	ignored,
}: Finding): readonly Line[] {
	const word = undecided ? 'unknown' : severity;
	const quiet = severity === 'info' && !undecided;
	return [
		[
			span(`  ${code} ${word}`, undecided ? 'unknown' : severityTones[severity], !quiet),
			span(`  ${message}`),
			...(ignored === undefined ? [] : [span(`  (ignored: ${ignored})`, 'dim')]),
		],
		...(quiet
			? []
			: evidence.map(({object, path, value}) => [span(`      ${object}  ${path}: ${value}`, 'dim')])),
		...(quiet ? [] : [[span(`      ${remedy}`)]]),
		...(command && !quiet ? [[span(`      $ ${command}`, 'accent')]] : []),
	];
}

/** Where some of several backends or families are broken: how many of the requests fail, and how. */
function partLines({target, verdict, paths}: Trace, {glyphs}: TextOptions): readonly Line[] {
	const broken = paths.filter((path) => path.verdict === 'broken');
	if (verdict !== 'degraded' || broken.length === 0) {
		return [];
	}

	const bySymptom = Map.groupBy(broken, ({symptom, family}) => `${symptom} ${family}`);
	const parts = [...bySymptom.values()].map(([first, ...others]) => {
		const share = [first, ...others].reduce((sum, path) => sum + (path?.share ?? 0), 0);
		const who = first?.share === undefined ? `clients by ${first?.family}` : `${percent(share)} of requests`;
		return `${who}: ${first?.symptom ? symptomText(first.symptom) : 'broken'}`;
	});
	return [
		[
			span(`${glyphs.status.degraded} `, 'degraded', true),
			span(target.text, 'strong', true),
			span(' degraded', 'degraded', true),
			span(`: ${parts.join(', ')}`),
		],
	];
}

/** One line that says it all: `✗ https://app.example.com/api broken at endpoints: client sees 503 (KNET503)`. */
function verdictLine(path: Path, {glyphs}: TextOptions): Line {
	const where = path.brokenAt ? ` at ${hopNames[path.brokenAt]}` : '';
	const sees = path.symptom ? `: the client sees ${symptomText(path.symptom)}` : '';
	const cause = path.rootCause ? ` (${path.rootCause}, knet explain ${path.rootCause})` : '';
	const from = path.from ? ` from ${sourceWords(path.from)}` : '';
	return [
		span(`${glyphs.status[path.verdict]} `, path.verdict, true),
		span(path.title, 'strong', true),
		span(` ${path.verdict}${where}`, path.verdict, true),
		span(`${from}${sees}${cause}`),
	];
}

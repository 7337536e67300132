import {verdictOrder} from '../../path/hop.ts';
import {command} from '../../model/safe-text/command.ts';
import type {Glyphs} from '../text/glyphs.ts';
import {span, type Line} from '../text/line.ts';
import {padTo, widest} from '../text/width.ts';
import {hopNames, plural, refName, symptomText} from '../text/words.ts';
import {mostNotChecked, notCheckedLines} from './text.ts';
import type {ScanPath, ScanReport} from './report.ts';

/** A scan as a table, worst first, with the count last. */
export function scanLines(
	{paths, namespace, selector, notChecked, findings = []}: ScanReport,
	{glyphs, wide}: {readonly glyphs: Glyphs; readonly wide: boolean},
): readonly Line[] {
	const unseen = findings.map(({code, message}) => [
		span(`${glyphs.status.unknown} ${code} ${message}`, 'unknown'),
	]);
	if (paths.length === 0) {
		return [[span(noneText(namespace, selector))], ...unseen];
	}

	const several = new Set(paths.map(({target}) => target.namespace)).size > 1;
	const titles = widest(paths, ({title}) => title);
	const places = several ? widest(paths, ({target}) => target.namespace) + 2 : 0;
	const byTitle = Map.groupBy(paths, ({title}) => title);
	return [
		...paths.flatMap((path) => [
			[
				span(`${glyphs.status[path.verdict]} `, path.verdict, true),
				span(padTo(path.verdict, 10), path.verdict),
				...(several ? [span(padTo(path.target.namespace, places), 'dim')] : []),
				span(`${padTo(path.title, Math.min(titles, 60))}  `, 'strong'),
				...frontendOf(path, (byTitle.get(path.title)?.length ?? 0) > 1),
				span(reasonOf(path)),
			],
			...(wide ? [[span(`             ${command('knet', 'trace', path.target.text)}`, 'dim')]] : []),
		]),
		[],
		...unseen,
		[span(countOf(paths))],
		...notCheckedLines(notChecked, wide ? undefined : mostNotChecked),
	];
}

function noneText(namespace: string | undefined, selector: string | undefined): string {
	const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
	const which = selector === undefined ? '' : ` whose object has the labels ${selector}`;
	return `No entries found${where}${which}.`;
}

/** Several may serve one URL, each on its own: the row says which one it is about. */
function frontendOf(path: ScanPath, isShared: boolean): Line {
	const subject = path.hops.find(({kind, status}) => kind === 'controller' && status !== 'skipped')?.subject;
	return isShared && subject ? [span(`by ${subject.kind} ${refName(subject)}  `, 'dim')] : [];
}

/** Why a row is not ok: a finding, or where it stops, or what a hop says. */
function reasonOf({brokenAt, symptom, rootCause, hops, verdict}: ScanPath): string {
	const cause = hops
		.flatMap(({findings}) => findings)
		.find(({code, severity, undecided}) =>
			rootCause === undefined
				? (undecided ?? severity === 'warning')
				: code === rootCause && severity === 'error',
		);
	if (verdict === 'ok') {
		return '';
	}

	const seen = symptom ? `client sees ${symptomText(symptom)}; ` : '';
	return cause
		? `${seen}${cause.code} ${cause.message}${cause.ignored === undefined ? '' : ` (ignored: ${cause.ignored})`}`
		: `${seen}${brokenAt ? `stops at ${hopNames[brokenAt]}` : (hops.find(({status}) => status === verdict)?.summary ?? '')}`;
}

function countOf(paths: readonly ScanPath[]): string {
	const counts = verdictOrder
		.map((verdict) => ({verdict, count: paths.filter((path) => path.verdict === verdict).length}))
		.filter(({count}) => count > 0);
	const unknown = paths.filter(({verdict}) => verdict === 'unknown');
	const why = unknown.every(isSetAside) ? ' (only by what is ignored)' : '';
	const texts = counts.map(({verdict, count}) => `${count} ${verdict}${verdict === 'unknown' ? why : ''}`);
	return `${plural(paths.length, 'path')}: ${texts.join(', ')}`;
}

/** Everything that leaves it undecided is ignored. */
function isSetAside({hops}: ScanPath): boolean {
	const open = hops.flatMap(({findings}) => findings).filter(({undecided}) => undecided);
	return open.length > 0 && open.every(({ignored}) => ignored !== undefined);
}

import {ownApi} from '../../model/own-api.ts';
import {verdictOrder, type Verdict} from '../../path/hop.ts';
import type {Path} from '../../path/report.ts';
import type {Glyphs} from '../text/glyphs.ts';
import {span, type Line} from '../text/line.ts';
import {padTo, widthOf} from '../text/width.ts';
import {plural, symptomText} from '../text/words.ts';
import type {ReportMetadata, ScanPath} from './report.ts';

/** How a path stands, in short. */
type Standing = Pick<Path, 'verdict' | 'symptom' | 'brokenAt' | 'rootCause'> & {
	/** The root cause in one sentence. */
	readonly cause?: string;
};

/** A path that edits would change. Absent `before`: there is no such path now; absent `after`: there would be none. */
export type PathChange = {
	readonly title: string;
	readonly target: ScanPath['target'];
	readonly before?: Standing;
	readonly after?: Standing;
};

/** What edits would change, as `knet scan --over live -f FILE -o json` prints it; worst first. */
export type WhatIfReport = {
	readonly apiVersion: typeof ownApi;
	readonly kind: 'WhatIf';
	readonly metadata: ReportMetadata;
	readonly namespace?: string;
	/** Of all paths, after the edits. */
	readonly verdict: Verdict;
	/** How many paths were compared. */
	readonly compared: number;
	readonly changes: readonly PathChange[];
	/** What was taken for true and no object says. */
	readonly assumed: readonly string[];
};

/** Paths that stand in another way after than before, worst first. */
export function changesOf(before: readonly ScanPath[], after: readonly ScanPath[]): readonly PathChange[] {
	const [old, fresh] = [byKey(before), byKey(after)];
	return [...new Set([...fresh.keys(), ...old.keys()])]
		.flatMap((key): readonly PathChange[] => {
			const [was, is] = [old.get(key), fresh.get(key)];
			const {title, target} = (is ?? was)!;
			const change = {title, target, before: was && standingOf(was), after: is && standingOf(is)};
			return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change];
		})
		.toSorted((a, b) => rankOf(a.after?.verdict) - rankOf(b.after?.verdict));
}

/** Several paths of one entry may share a title: then their order tells them apart. */
function byKey(paths: readonly ScanPath[]): ReadonlyMap<string, ScanPath> {
	const counts = new Map<string, number>();
	return new Map(
		paths.map((path) => {
			const name = `${path.target.namespace} ${path.target.text} ${path.title}`;
			const count = (counts.get(name) ?? 0) + 1;
			counts.set(name, count);
			return [`${name} ${count}`, path];
		}),
	);
}

function standingOf({verdict, symptom, brokenAt, rootCause, hops}: ScanPath): Standing {
	const findings = hops.flatMap((hop) => hop.findings);
	const cause = findings.find(({code}) => code === rootCause);
	return {verdict, symptom, brokenAt, rootCause, cause: cause?.message};
}

/** A path that is gone is told first: nothing answers there any more. */
export function rankOf(verdict: Verdict | undefined): number {
	return verdict === undefined ? -1 : verdictOrder.indexOf(verdict);
}

export function whatIfReport(
	content: Omit<WhatIfReport, 'apiVersion' | 'kind' | 'metadata'>,
	metadata: ReportMetadata,
): WhatIfReport {
	return {apiVersion: ownApi, kind: 'WhatIf', metadata, ...content};
}

export function whatIfLines(
	{changes, compared, assumed}: WhatIfReport,
	{glyphs}: {readonly glyphs: Glyphs},
): readonly Line[] {
	const titles = Math.min(60, Math.max(0, ...changes.map(({title}) => widthOf(title))));
	const places = Math.max(0, ...changes.map(({target}) => widthOf(target.namespace)));
	return [
		...changes.map((change) => lineOf(change, {glyphs, titles, places})),
		...(changes.length > 0 ? [[]] : []),
		[
			span(
				`${changes.length === 0 ? 'None' : String(changes.length)} of ${plural(compared, 'path')} would change.`,
			),
		],
		...assumed.map((sentence) => [span(`Assumed: ${sentence}`, 'dim')]),
	];
}

function lineOf(
	{title, target, before, after}: PathChange,
	{glyphs, titles, places}: {readonly glyphs: Glyphs; readonly titles: number; readonly places: number},
): Line {
	const verdict = after?.verdict ?? 'skipped';
	return [
		span(`${glyphs.status[verdict]} `, verdict, true),
		span(padTo(after?.verdict ?? 'gone', 10), verdict),
		...(target.namespace === '' ? [] : [span(padTo(target.namespace, places + 2), 'dim')]),
		span(`${padTo(title, titles)}  `, 'strong'),
		span(`${before ? `was ${wordsOf(before)}` : 'new'}  `, 'dim'),
		span(after ? reasonOf(after) : ''),
	];
}

function wordsOf({verdict, rootCause}: Standing): string {
	return rootCause === undefined ? verdict : `${verdict} (${rootCause})`;
}

function reasonOf({verdict, symptom, rootCause, cause}: Standing): string {
	const seen = verdict === 'broken' && symptom ? `client sees ${symptomText(symptom)}; ` : '';
	return cause === undefined ? seen.replace(/; $/u, '') : `${seen}${rootCause} ${cause}`;
}

export function whatIfMarkdown({changes, compared, assumed}: WhatIfReport): string {
	const rows = changes.map(
		({title, before, after}) =>
			`| ${title} | ${before ? wordsOf(before) : 'new'} | ${after ? wordsOf(after) : 'gone'} | ${after ? reasonOf(after) : ''} |`,
	);
	return [
		`${changes.length} of ${plural(compared, 'path')} would change.`,
		'',
		...(rows.length > 0 ? ['| path | before | after | why |', '|---|---|---|---|', ...rows, ''] : []),
		...assumed.map((sentence) => `- Assumed: ${sentence}`),
		'',
	].join('\n');
}

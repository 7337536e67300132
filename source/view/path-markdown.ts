import type {Finding} from '../path/finding.ts';
import type {Hop} from '../path/hop.ts';
import {mainFinding} from '../path/main-finding.ts';
import type {Path, Trace} from '../path/report.ts';
import type {SourceInfo, ToldChange} from '../session/state.ts';
import {calmAge} from './text/age.ts';
import {unicodeGlyphs} from './text/glyphs.ts';
import {isRootCause} from './hop-line.ts';
import {oneLine} from './text/line.ts';
import {changeText, isConsequence, toldAt, whoText} from './told-change.ts';
import {hopNames, refName, sourceWords, symptomText} from './text/words.ts';

type MarkdownContext = {
	readonly source: SourceInfo;
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** Since when the path is what it is, in milliseconds. */
	readonly since?: number;
	readonly changes?: readonly ToldChange[];
};

/** More changes than these are no help in a chat. */
const mostChanges = 5;

/**
A path to paste into a chat or an issue, readable without knet: what the client sees and since when, the cause, what changed,
what to do, the hops with their objects, the cluster, and the command that shows the same.
*/
export function pathMarkdown(trace: Trace, path: Path, context: MarkdownContext): string {
	const main = path.verdict === 'ok' ? undefined : mainFinding(path);
	const others = path.hops
		.flatMap(({findings}) => findings)
		.filter((finding) => finding.severity !== 'info' && finding !== main?.finding);
	return [
		headLine(trace, path, context),
		...(main ? ['', ...causeRows(main.hop, main.finding)] : []),
		...changeRows(context.changes ?? []),
		'',
		'| hop | status | |',
		'|---|---|---|',
		...path.hops.filter(({status}) => status !== 'skipped').map((hop) => hopRow(hop, path)),
		...others.flatMap(findingRows),
		...notChecked(trace),
		'',
		footLine(trace, context),
		'',
	].join('\n');
}

function headLine(trace: Trace, path: Path, {since, now}: MarkdownContext): string {
	const symptom = path.symptom && path.verdict !== 'ok' ? `, client sees ${symptomText(path.symptom)}` : '';
	const lasting = since === undefined ? '' : ` for ${calmAge(now - since)} (since ${timeText(since)})`;
	const from = sourceWords(path.from ?? trace.from);
	return `**${text(path.title)}**: ${path.verdict}${symptom}${lasting} (from ${text(from)})`;
}

function causeRows(hop: Hop, finding: Finding): readonly string[] {
	return [
		`**Cause**, at ${hopNames[hop.kind]}: ${text(finding.message)} (${finding.code})`,
		'',
		text(finding.remedy),
		...commandRows(finding),
	];
}

function changeRows(changes: readonly ToldChange[]): readonly string[] {
	const rows = changes
		.toSorted((a, b) => Number(isConsequence(a)) - Number(isConsequence(b)))
		.slice(0, mostChanges)
		.toSorted((a, b) => toldAt(b) - toldAt(a))
		.map(
			(change) =>
				`- ${timeText(toldAt(change))} ${text(changeText(change, unicodeGlyphs))}${change.who ? `, ${text(whoText(change.who))}` : ''}`,
		);
	return rows.length === 0 ? [] : ['', 'Changes before:', '', ...rows];
}

function hopRow(hop: Hop, path: Path): string {
	const stops = path.verdict === 'broken' && path.brokenAt === hop.kind ? ' **traffic stops here**' : '';
	const cause = isRootCause(hop, path) ? ' **root cause**' : '';
	const subject = hop.subject ? `${hop.subject.kind} ${refName(hop.subject)}: ` : '';
	return `| ${hopNames[hop.kind]} | ${hop.status} | ${text(`${subject}${hop.summary}`)}${stops}${cause} |`;
}

function findingRows(finding: Finding): readonly string[] {
	return [
		'',
		`**${finding.code}** ${text(finding.message)} ${text(finding.remedy)}`,
		...commandRows(finding),
	];
}

function commandRows({command}: Finding): readonly string[] {
	return command ? ['', '```sh', command, '```'] : [];
}

function notChecked({notChecked}: Trace): readonly string[] {
	return notChecked.length === 0 ? [] : ['', `Not checked: ${notChecked.map(text).join(', ')}`];
}

function footLine({target}: Trace, {source, now}: MarkdownContext): string {
	const place = source.context ?? source.cluster ?? source.server;
	const context = source.kind === 'live' && source.context ? ` --context ${source.context}` : '';
	const namespace = target.namespace ? ` -n ${target.namespace}` : '';
	return `_knet, ${timeText(now)}${place ? `, cluster ${text(place)}` : ''}: \`knet trace ${target.text.replaceAll('`', "'")}${namespace}${context}\`_`;
}

/** In UTC: whoever reads it may be elsewhere. */
function timeText(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Text of the cluster must not end a table cell or start a tag. */
function text(value: string): string {
	return oneLine(value).replaceAll(/[\\`*_|<>]/g, String.raw`\$&`);
}

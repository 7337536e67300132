import type {CatalogueEntry} from '../../path/catalogue-entry.ts';
import type {DnsReport} from '../../path/dns/dns-report.ts';
import type {Finding} from '../../path/finding.ts';
import type {Path, Trace} from '../../path/report.ts';
import {namesList} from '../../rules/names-list.ts';
import {hopNames, symptomText} from '../text/words.ts';
import {mostNotChecked} from './text.ts';
import type {ScanReport} from './report.ts';

/** Letters of an answer: under 400 tokens of a language model, at three letters each or a little more. */
const mostLetters = 1200;
/** Of them, for the rows of a scan. */
const mostRowLetters = 850;

/** What a machine needs to go on, in few words; whoever wants more asks for the whole report. */
export function traceBrief({paths, notChecked, routedBy}: Trace): string {
	const broken = paths.filter(({verdict}) => verdict !== 'ok');
	const shown = (broken.length > 0 ? broken : paths).slice(0, 3);
	return within([
		...(paths.length > shown.length
			? [`${paths.length} paths, ${broken.length} not ok; the first ${shown.length}:`]
			: []),
		...shown.flatMap(pathBrief),
		...(routedBy ? [`routed by: ${routedBy.slice(0, 5).join(', ')}`] : []),
		...(notChecked.length > 0 ? [`not checked: ${notChecked.join(', ')}`] : []),
	]);
}

function pathBrief({title, verdict, brokenAt, symptom, rootCause, hops, share}: Path): readonly string[] {
	const where = brokenAt ? ` at ${hopNames[brokenAt]}` : '';
	const sees = symptom ? `; the client sees ${symptomText(symptom)}` : '';
	const part = share === undefined ? '' : ` (${Math.round(share * 100)} % of requests)`;
	const findings = hops.flatMap((hop) => hop.findings).filter(matters);
	const cause = findings.find(({code}) => code === rootCause) ?? findings[0];
	const others = [...new Set(findings.filter((each) => each !== cause).map(({code}) => code))];
	const stations = hops
		.filter(({status}) => status !== 'skipped')
		.map(({kind, status, summary}) => `${kind} ${status} (${cut(summary.replaceAll('  ', ' '), 50)})`);
	return [
		`${title}${part}: ${verdict}${where}${sees}`,
		...(cause ? findingBrief(cause) : []),
		...(others.length > 0 ? [`also: ${others.slice(0, 6).join(', ')}`] : []),
		`hops: ${stations.join(', ')}`,
	];
}

function matters({severity, undecided}: Finding): boolean {
	return severity !== 'info' || undecided === true;
}

function findingBrief({code, slug, message, remedy, command, undecided}: Finding): readonly string[] {
	return [
		`${undecided ? 'unknown' : 'cause'}: ${code} ${slug}: ${cut(message, 260)}`,
		`fix: ${cut(remedy, 160)}`,
		...(command ? [`command: ${cut(command, 160)}`] : []),
	];
}

export function scanBrief({paths, verdict, notChecked, findings = []}: ScanReport): string {
	const counts = Object.entries(Object.groupBy(paths, (path) => path.verdict)).map(
		([word, all]) => `${all?.length ?? 0} ${word}`,
	);
	const wrong = paths.filter((path) => path.verdict !== 'ok');
	const none = 'No Ingress, route or Service was found: no path was judged.';
	return within([
		paths.length === 0
			? none
			: `${paths.length} paths, ${verdict}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`,
		...findings.map(({code, message}) => `${code} ${cut(message, 120)}`),
		...rowsBrief(wrong),
		...(notChecked.length > 0 ? [`not checked: ${namesList(notChecked, mostNotChecked)}`] : []),
	]);
}

type ScanRow = ScanReport['paths'][number];

/** A cause that many paths share is told once. */
function rowsBrief(wrong: readonly ScanRow[]): readonly string[] {
	const shown: string[] = [];
	let hidden = wrong.length;
	for (const [cause, rows] of Map.groupBy(wrong, causeBrief)) {
		const text = `${rows[0]?.verdict} ${namesList(
			rows.map(({target}) => target.text),
			2,
		)}: ${cause}`;
		if (shown.join('\n').length + text.length > mostRowLetters) {
			break;
		}

		shown.push(text);
		hidden -= rows.length;
	}

	return hidden === 0
		? shown
		: [...shown, `and ${hidden} more that are not ok: give a namespace or a selector`];
}

function causeBrief({rootCause, hops}: ScanRow): string {
	const findings = hops.flatMap((hop) => hop.findings).filter(matters);
	const cause = findings.find(({code}) => code === rootCause) ?? findings[0];
	return cause ? `${cause.code} ${cut(cause.message, 110)}` : 'see its hops';
}

export function dnsBrief({target, verdict, answer, symptom, hop, service}: DnsReport): string {
	return within([
		`${target.text}: ${verdict}${symptom ? `; the client sees ${symptomText(symptom)}` : ''}`,
		...(answer ? [`answer: ${answer.name} ${answer.data.join(', ')}`] : [`answer: ${hop.summary}`]),
		...(service ? [`served by: ${service.namespace}/${service.name} ${service.clusterIPs.join(', ')}`] : []),
		...hop.findings.filter(matters).slice(0, 2).flatMap(findingBrief),
	]);
}

export function explainBrief({code, slug, severity, title, what, why, see, remedy}: CatalogueEntry): string {
	return within([
		`${code} ${slug} (${severity}): ${title}`,
		`what: ${cut(what, 400)}`,
		`why: ${cut(why, 200)}`,
		`see: ${cut(see, 250)}`,
		`fix: ${cut(remedy, 300)}`,
	]);
}

const more = 'More: ask again with full.';

/** Whole lines, as many as there is room for. */
export function within(lines: readonly string[]): string {
	const kept: string[] = [];
	let left = mostLetters - more.length - 1;
	for (const line of lines) {
		const text = cut(line, left);
		left -= text.length + 1;
		kept.push(text);
		if (left < 20) {
			return [...kept, more].join('\n');
		}
	}

	return kept.join('\n');
}

function cut(text: string, length: number): string {
	return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}

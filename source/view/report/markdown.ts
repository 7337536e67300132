import type {Finding} from '../../path/finding.ts';
import type {Path, Trace} from '../../path/report.ts';
import type {DnsReport} from '../../path/dns/dns-report.ts';
import {isRootCause} from '../hop-line.ts';
import {hopNames, refName, sourceWords, symptomText} from '../text/words.ts';

/** A trace to paste into an incident. */
export function traceMarkdown(trace: Trace, at: string): string {
	return [
		...trace.paths.flatMap(pathMarkdown),
		...(trace.notChecked.length > 0 ? [`Not checked: ${trace.notChecked.map(escaped).join(', ')}`, ''] : []),
		`_knet, ${at}, from ${sourceWords(trace.from)}${trace.routedBy ? `; routed by ${trace.routedBy.map(escaped).join(', ')}` : ''}_`,
		'',
	].join('\n');
}

export function pathMarkdown(path: Path): readonly string[] {
	const where = path.brokenAt ? ` at ${hopNames[path.brokenAt]}` : '';
	const sees = path.symptom ? `, the client sees ${symptomText(path.symptom)}` : '';
	return [
		`### ${escaped(path.title)}: ${path.verdict}${where}${sees}`,
		'',
		'| hop | status | what |',
		'|---|---|---|',
		...path.hops.map((hop) => {
			const subject =
				hop.subject && hop.status !== 'skipped' ? `${hop.subject.kind} ${refName(hop.subject)}: ` : '';
			const cause = isRootCause(hop, path) ? ' **root cause**' : '';
			return `| ${hopNames[hop.kind]} | ${hop.status} | ${escaped(`${subject}${hop.summary}`)}${cause} |`;
		}),
		'',
		...path.hops.flatMap(({findings}) => findings.flatMap(findingMarkdown)),
	];
}

/** What the cluster's DNS answers, to paste into an incident. */
export function dnsMarkdown({target, from, verdict, tries, answer, hop}: DnsReport, at: string): string {
	const said = answer ? `${answer.name} → ${answer.data.join(', ')}` : hop.summary;
	return [
		`### ${escaped(target.text)}: ${verdict}, ${escaped(said)}`,
		'',
		'| try | type | expected |',
		'|---|---|---|',
		...tries.map(
			({name, type, expected}) =>
				`| ${escaped(name)} | ${type} | ${escaped(expected?.answers.map(({data}) => data).join(', ') || (expected?.rcode ?? 'not known'))} |`,
		),
		'',
		...hop.findings.flatMap(findingMarkdown),
		`_knet, ${at}, from ${sourceWords(from)}_`,
		'',
	].join('\n');
}

function findingMarkdown({
	code,
	severity,
	undecided,
	message,
	evidence,
	remedy,
	command,
	ignored,
}: Finding): readonly string[] {
	return [
		`- **${code}** (${undecided ? 'unknown' : severity}${ignored === undefined ? '' : `, ignored: ${escaped(ignored)}`}) ${escaped(message)}`,
		...evidence.map(({object, path, value}) => `  - \`${coded(`${object} ${path}`)}\`: ${escaped(value)}`),
		`  - ${escaped(remedy)}`,
		...(command ? [`  - \`${coded(command)}\``] : []),
		'',
	];
}

function escaped(text: string): string {
	return text.replaceAll(/[\\`*_[\]<>|#]/gu, String.raw`\$&`);
}

function coded(text: string): string {
	return text.replaceAll('`', "'");
}

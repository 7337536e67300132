import type {Finding} from '../path/finding.ts';
import type {Hop} from '../path/hop.ts';
import type {Path, Trace} from '../path/report.ts';
import {oneLine} from './line.ts';
import {hopNames, sourceWords, symptomWords} from './words.ts';

/** One path as a short Markdown text to paste into a chat or an issue. */
export function pathMarkdown(trace: Trace, path: Path): string {
	const symptom = path.symptom ? `, client sees ${symptomWords[path.symptom]}` : '';
	const head = `**${text(path.title)}**: ${path.verdict}${symptom} (from ${sourceWords(path.from ?? trace.from)})`;
	const rows = path.hops.filter(({status}) => status !== 'skipped').map((hop) => hopRow(hop, path));
	const findings = path.hops.flatMap(({findings}) => findings).filter(({severity}) => severity !== 'info');
	return [
		head,
		'',
		'| hop | status | |',
		'|---|---|---|',
		...rows,
		...findings.flatMap(findingRows),
		'',
	].join('\n');
}

function hopRow(hop: Hop, path: Path): string {
	const stops = path.verdict === 'broken' && path.brokenAt === hop.kind ? ' **traffic stops here**' : '';
	return `| ${hopNames[hop.kind]} | ${hop.status} | ${text(hop.summary)}${stops} |`;
}

function findingRows(finding: Finding): readonly string[] {
	const command = finding.command ? ['', '```sh', finding.command, '```'] : [];
	return ['', `**${finding.code}** ${text(finding.message)} ${text(finding.remedy)}`, ...command];
}

/** Text of the cluster must not end a table cell or start a tag. */
function text(value: string): string {
	return oneLine(value).replaceAll(/[\\`*_|<>]/g, String.raw`\$&`);
}

import {UserError} from '../../errors.ts';
import {ownApi} from '../../model/own-api.ts';
import {safe, safeLines, safeValue} from '../../model/safe-text/safe.ts';
import type {DnsReport} from '../../path/dns/dns-report.ts';
import type {Path, Trace} from '../../path/report.ts';
import {toAscii} from '../../view/text/ascii.ts';
import {fold} from '../../view/text/fold.ts';
import {asciiGlyphs, unicodeGlyphs, type Glyphs} from '../../view/text/glyphs.ts';
import {span, type Line} from '../../view/text/line.ts';
import type {Comparison} from '../../path/walk/compare-url.ts';
import {compareLines} from '../../view/report/compare-text.ts';
import {dnsLines} from '../../view/report/dns-text.ts';
import {dnsMarkdown, pathMarkdown, traceMarkdown} from '../../view/report/markdown.ts';
import {
	comparisonReport,
	scanReport,
	traceReport,
	type ScanPath,
	type ScanReport,
} from '../../view/report/report.ts';
import {matrixLines, matrixMarkdown, type MatrixReport} from '../../view/report/matrix.ts';
import {sourceWords} from '../../view/text/words.ts';
import {whatIfLines, whatIfMarkdown, type WhatIfReport} from '../../view/report/what-if.ts';
import {scanLines} from '../../view/report/scan-text.ts';
import {traceLines} from '../../view/report/text.ts';
import type {Output} from '../flags/flags.ts';
import {paint, wantsColor} from './paint.ts';
import {wantsAscii} from '../flags/wants-ascii.ts';
import type {PrintOptions} from '../flags/print-options.ts';

/** One result in each of its forms; only what is asked for is made. */
type Forms = {
	/** What JSON and YAML are made of. */
	readonly report: object;
	/** What pipelines judge. */
	readonly paths: readonly ScanPath[];
	readonly markdown: () => string;
	readonly names: () => readonly string[];
	readonly lines: (options: {readonly glyphs: Glyphs; readonly wide: boolean}) => readonly Line[];
};

/** One trace in the format asked for, ending with a newline. */
export async function traceText(trace: Trace, options: PrintOptions): Promise<string> {
	const {target} = trace;
	return formatted(
		{
			report: traceReport(trace, options.metadata),
			paths: trace.paths.map((path) => ({...path, target: {...target, namespace: target.namespace ?? ''}})),
			markdown: () => traceMarkdown(trace, options.metadata.at),
			names: () => namesOf(trace.paths),
			lines: (how) => traceLines(trace, how),
		},
		options,
	);
}

/** What `knet dns` prints. */
export async function dnsText(report: DnsReport, options: PrintOptions): Promise<string> {
	const {target, verdict, hop} = report;
	return formatted(
		{
			report: {apiVersion: ownApi, kind: 'Dns', metadata: options.metadata, ...report},
			paths: [
				{title: target.text, verdict, hops: [hop], target: {...target, namespace: target.namespace ?? ''}},
			],
			markdown: () => dnsMarkdown(report, options.metadata.at),
			names: () => report.answer?.data ?? [],
			lines: (how) => dnsLines(report, how),
		},
		options,
	);
}

type Scan = Pick<ScanReport, 'namespace' | 'selector' | 'verdict' | 'paths' | 'notChecked' | 'findings'>;

/** `hint`: stands below the text; no other form has it. */
export async function scanText(scan: Scan, options: PrintOptions, hint?: string): Promise<string> {
	const report = scanReport(scan, options.metadata);
	return formatted(
		{
			report,
			paths: scan.paths,
			markdown: () => `${scan.paths.flatMap(pathMarkdown).join('\n')}\n`,
			names: () => scan.paths.map(({target}) => target.text),
			lines: (how) => [...scanLines(report, how), ...(hint ? [[span(hint, 'dim')]] : [])],
		},
		options,
	);
}

/** What edits would change. `changed`: the paths as they would be. */
export async function whatIfText(
	report: WhatIfReport,
	changed: readonly ScanPath[],
	options: PrintOptions,
): Promise<string> {
	return formatted(
		{
			report,
			paths: changed,
			markdown: () => whatIfMarkdown(report),
			names: () => [...new Set(report.changes.map(({target}) => target.text))],
			lines: (how) => whatIfLines(report, how),
		},
		options,
	);
}

/** What `knet compare` prints. */
export async function comparisonText(comparison: Comparison, options: PrintOptions): Promise<string> {
	const {target, fronts} = comparison;
	return formatted(
		{
			report: comparisonReport(comparison, options.metadata),
			paths: fronts.flatMap(({paths}) =>
				paths.map((path) => ({...path, target: {...target, namespace: target.namespace ?? ''}})),
			),
			markdown: () => `${fronts.flatMap(({paths}) => paths.flatMap(pathMarkdown)).join('\n')}\n`,
			names: () => fronts.map(({name}) => name),
			lines: (how) => compareLines(comparison, how),
		},
		options,
	);
}

/** One target from everywhere. A row is no path: formats that list paths have none of them. */
export async function matrixText(
	report: MatrixReport,
	options: Omit<PrintOptions, 'metadata'>,
): Promise<string> {
	return formatted(
		{
			report,
			paths: [],
			markdown: () => matrixMarkdown(report),
			names: () => [...new Set(report.rows.map(({from}) => sourceWords(from)))],
			lines: (how) => matrixLines(report, how),
		},
		{...options, metadata: report.metadata},
	);
}

async function formatted(forms: Forms, options: PrintOptions): Promise<string> {
	const [name = 'text', template] = split(options.flags.output ?? 'text');
	const output = name as Output;
	switch (output) {
		case 'json':
			return `${JSON.stringify(forms.report, safeValue, 2)}\n`;
		case 'yaml':
			return (await import('./to-yaml.ts')).toYaml(forms.report);
		case 'jsonpath':
			return templated(forms.report, template ?? '');
		case 'markdown':
			return safeLines(forms.markdown());
		case 'name':
			return rows(forms.names());
		case 'junit':
		case 'sarif':
		case 'github':
			return (await import('./pipeline-text.ts')).pipelineText(output, forms.paths, options);
		case 'text':
		case 'wide':
			return lines(forms.lines({glyphs: glyphsOf(options), wide: output === 'wide'}), options);
	}
}

function split(output: string): readonly string[] {
	const at = output.indexOf('=');
	return at === -1 ? [output] : [output.slice(0, at), output.slice(at + 1)];
}

async function templated(report: object, template: string): Promise<string> {
	const {jsonPathText, TemplateError} = await import('../../view/report/jsonpath.ts');
	try {
		return jsonPathText(report, template);
	} catch (error) {
		if (error instanceof TemplateError) {
			throw new UserError(
				`--output jsonpath=${template} cannot be read: ${error.message}.`,
				'For example: -o jsonpath=\'{range .paths[*]}{.title} {.verdict}{"\\n"}{end}\'.',
			);
		}

		throw error;
	}
}

function rows(all: readonly string[]): string {
	return all.map((text) => `${safe(text)}\n`).join('');
}

/** The objects of the paths that are not well, one a line: for other commands. */
function namesOf(paths: readonly Path[]): readonly string[] {
	const names = paths.flatMap(({hops}) =>
		hops.flatMap(({subject}) =>
			subject
				? [`${subject.kind.toLowerCase()}/${subject.namespace ? `${subject.namespace}/` : ''}${subject.name}`]
				: [],
		),
	);
	return [...new Set(names)];
}

function lines(all: readonly Line[], {flags, env, isTerminal, columns}: PrintOptions): string {
	const color = wantsColor({flag: flags.color, env, isTerminal});
	const folded = columns === undefined || flags.output === 'wide' ? all : fold(all, columns);
	const shown = wantsAscii(flags, env) ? folded.map(inAscii) : folded;
	return `${shown.map((line) => paint(line, color)).join('\n')}\n`;
}

function inAscii(line: Line): Line {
	return line.map((part) => ({...part, text: toAscii(part.text)}));
}

function glyphsOf({flags, env}: PrintOptions): Glyphs {
	return wantsAscii(flags, env) ? asciiGlyphs : unicodeGlyphs;
}

import {ownApi} from '../model/own-api.ts';
import {safe, safeLines, safeValue} from '../model/safe.ts';
import type {Path, Trace} from '../path/report.ts';
import {toAscii} from '../view/ascii.ts';
import {fold} from '../view/fold.ts';
import type {Glyphs} from '../view/glyphs.ts';
import {asciiGlyphs, unicodeGlyphs} from '../view/glyphs.ts';
import type {Line} from '../view/line.ts';
import type {DnsReport} from '../path/dns/dns-report.ts';
import {dnsLines} from '../view/report/dns-text.ts';
import {dnsMarkdown, pathMarkdown, traceMarkdown} from '../view/report/markdown.ts';
import {
	scanReport,
	traceReport,
	type ReportMetadata,
	type ScanPath,
	type ScanReport,
} from '../view/report/report.ts';
import {scanLines} from '../view/report/scan-text.ts';
import {traceLines} from '../view/report/text.ts';
import type {Flags, Output} from './flags.ts';
import {paint, wantsColor} from './paint.ts';
import {wantsAscii} from './wants-ascii.ts';

type PrintOptions = {
	readonly flags: Flags;
	readonly metadata: ReportMetadata;
	readonly env: NodeJS.ProcessEnv;
	readonly isTerminal: boolean;
	/** Of the terminal; absent: lines are as long as they are. */
	readonly columns?: number;
};

/** One trace in the format asked for, ending with a newline. */
export async function traceText(trace: Trace, options: PrintOptions): Promise<string> {
	const output: Output = (options.flags.output as Output | undefined) ?? 'text';
	switch (output) {
		case 'json':
			return jsonText(traceReport(trace, options.metadata));
		case 'yaml':
			return yamlText(traceReport(trace, options.metadata));
		case 'markdown':
			return safeLines(traceMarkdown(trace, options.metadata.at));
		case 'name':
			return namesOf(trace.paths);
		case 'text':
		case 'wide':
			return lines(traceLines(trace, {glyphs: glyphsOf(options), wide: output === 'wide'}), options);
	}
}

/** What `knet dns` prints. */
export async function dnsText(report: DnsReport, options: PrintOptions): Promise<string> {
	const output: Output = (options.flags.output as Output | undefined) ?? 'text';
	const whole = {apiVersion: ownApi, kind: 'Dns', metadata: options.metadata, ...report};
	switch (output) {
		case 'json':
			return jsonText(whole);
		case 'yaml':
			return yamlText(whole);
		case 'name':
			return rows(report.answer?.data ?? []);
		case 'markdown':
			return safeLines(dnsMarkdown(report, options.metadata.at));
		case 'text':
		case 'wide':
			return lines(dnsLines(report, {glyphs: glyphsOf(options), wide: output === 'wide'}), options);
	}
}

type Scan = {
	readonly namespace?: string;
	readonly verdict: ScanReport['verdict'];
	readonly paths: readonly ScanPath[];
	readonly notChecked: ScanReport['notChecked'];
	readonly findings?: ScanReport['findings'];
};

export async function scanText(scan: Scan, options: PrintOptions): Promise<string> {
	const output: Output = (options.flags.output as Output | undefined) ?? 'text';
	const report = scanReport(scan, options.metadata);
	switch (output) {
		case 'json':
			return jsonText(report);
		case 'yaml':
			return yamlText(report);
		case 'markdown':
			return safeLines(`${scan.paths.flatMap(pathMarkdown).join('\n')}\n`);
		case 'name':
			return rows(scan.paths.map(({target}) => target.text));
		case 'text':
		case 'wide':
			return lines(scanLines(report, {glyphs: glyphsOf(options), wide: output === 'wide'}), options);
	}
}

function rows(all: readonly string[]): string {
	return all.map((text) => `${safe(text)}\n`).join('');
}

function jsonText(report: object): string {
	return `${JSON.stringify(report, safeValue, 2)}\n`;
}

async function yamlText(report: object): Promise<string> {
	const {toYaml} = await import('./to-yaml.ts');
	return toYaml(report);
}

/** The objects of the paths that are not well, one a line: for other commands. */
function namesOf(paths: readonly Path[]): string {
	const names = paths.flatMap(({hops}) =>
		hops.flatMap(({subject}) =>
			subject
				? [`${subject.kind.toLowerCase()}/${subject.namespace ? `${subject.namespace}/` : ''}${subject.name}`]
				: [],
		),
	);
	return rows([...new Set(names)]);
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

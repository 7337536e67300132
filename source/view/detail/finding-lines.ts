import type {EvidenceField, Finding} from '../../path/finding.ts';
import type {HopStatus} from '../../path/hop.ts';
import {lineWidth} from '../text/fit.ts';
import {widthOf} from '../text/width.ts';
import {span, type Line, type Tone} from '../text/line.ts';
import {wrap} from '../text/wrap.ts';
import type {RenderOptions} from './render-options.ts';

/** The status that a finding gives its hop, for its glyph and colour. */
function statusOfFinding(finding: Finding): HopStatus {
	if (finding.severity === 'error') {
		return 'broken';
	}

	if (finding.undecided) {
		return 'unknown';
	}

	return finding.severity === 'warning' ? 'degraded' : 'skipped';
}

function severityWord(finding: Finding): string {
	return finding.undecided && finding.severity !== 'error' ? 'unknown' : finding.severity;
}

/** A finding: code and severity, message, what to do, and the command that shows or fixes it. */
export function findingLines(
	finding: Finding,
	isRootCause: boolean,
	renderOptions: RenderOptions,
): readonly Line[] {
	const status = statusOfFinding(finding);
	const {ignored} = finding;
	const tone: Tone = status === 'skipped' || ignored !== undefined ? 'dim' : status;
	const head: Line = [
		span(`${renderOptions.glyphs.status[status]} `, tone),
		span(finding.code, tone, true),
		span(` ${severityWord(finding)}  `, tone),
		span(finding.slug, 'dim'),
	];
	return [
		isRootCause ? [...head, span(rootMark(lineWidth(head), renderOptions), tone, true)] : head,
		// A reason is a sentence: beside the code a narrow pane would cut it.
		...(ignored === undefined ? [] : indented(`ignored: ${ignored}`, renderOptions, 'dim')),
		...(finding === renderOptions.said
			? []
			: indented(finding.message, renderOptions, ignored === undefined ? 'strong' : 'dim')),
		...remedyLines(finding, renderOptions),
	];
}

/** The longest that fits beside the head. */
function rootMark(taken: number, {width, glyphs: {here}}: RenderOptions): string {
	const marks = [`  ${here} root cause`, `  ${here} cause`, `  ${here}`];
	return marks.find((mark) => taken + widthOf(mark) <= width) ?? '';
}

/** What to do, and the command that shows or fixes it. */
export function remedyLines({remedy, command}: Finding, renderOptions: RenderOptions): readonly Line[] {
	return [
		...prefixed(`${renderOptions.glyphs.arrow} `, remedy, renderOptions, undefined),
		...prefixed('$ ', command ?? '', renderOptions, 'accent'),
	];
}

function indented(text: string, renderOptions: RenderOptions, tone: Tone): readonly Line[] {
	return wrap(text, renderOptions.width - 2).map((row) => [span('  '), span(row, tone)]);
}

function prefixed(
	prefix: string,
	text: string,
	renderOptions: RenderOptions,
	tone: Tone | undefined,
): readonly Line[] {
	if (text === '') {
		return [];
	}

	return wrap(text, renderOptions.width - 4).map((row, position) => [
		span('  '),
		span(position === 0 ? prefix : '  ', 'dim'),
		span(row, tone),
	]);
}

/** The fields of objects on which findings rest, without repeats. Of several objects of a kind that hold the same, the first is named. */
export function evidenceLines(findings: readonly Finding[], renderOptions: RenderOptions): readonly Line[] {
	const alike = Map.groupBy(
		findings.flatMap(({evidence}) => evidence),
		({object, path, value}) => `${kindOf(object)} ${path} ${value}`,
	);
	if (alike.size === 0) {
		return [];
	}

	const rows = [...alike.values()].flatMap((fields) => {
		const [{path, value}] = fields as [EvidenceField];
		const [first, ...others] = new Set(fields.map(({object}) => object));
		const more = others.length > 0 ? ` and ${others.length} more` : '';
		return wrap(`${first}${more}  ${path} = ${value}`, renderOptions.width - 2).map((row, position): Line => [
			span(position === 0 ? '  ' : '    ', 'dim'),
			span(row),
		]);
	});
	return [[span('Decided from', 'dim')], ...rows];
}

/** Of `Pod/shop/api-1`. */
function kindOf(object: string): string {
	return object.slice(0, object.indexOf('/'));
}

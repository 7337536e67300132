import type {EntryDifference, Past, Supposition} from '../session/state.ts';
import {clockText} from './text/clock-text.ts';
import {fieldText} from './told-change.ts';
import {blocks, type RenderOptions} from './detail/render-options.ts';
import {hang} from './text/hang.ts';
import {span, type Line} from './text/line.ts';
import {padTo, truncateMiddle, widthOf} from './text/width.ts';
import {plural, refName} from './text/words.ts';

/** What differs between an earlier time that is looked at and now: entries, then objects field by field. */
export function differenceLines(past: Past | undefined, options: RenderOptions): readonly Line[] {
	const {glyphs} = options;
	if (!past) {
		return [[span('This is now.', 'dim')]];
	}

	const entries = entryLines(past.entries, options);
	const objects = past.objects.flatMap(({object, type, fields}): readonly Line[] => [
		[span(`  ${object.kind} ${refName(object)}`), span(type === 'changed' ? '' : `  ${type}`, 'dim')],
		...fields.map((field): Line => [span('    '), span(fieldText(field, glyphs))]),
	]);
	return wrapped(
		blocks(
			[[span(`Then: ${clockText(past.at, 'seconds')}`, 'strong', true)]],
			entries.length === 0 ? [[span('  every entry is as it was', 'dim')]] : entries,
			objects,
			elsewhereLines(past.elsewhere),
		),
		options,
	);
}

/** What differs often stands at the end of a line, so none is cut. */
function wrapped(lines: readonly Line[], {width, glyphs}: RenderOptions): readonly Line[] {
	return lines.flatMap((line) => hang(line, width, glyphs.ellipsis));
}

function elsewhereLines(count: number): readonly Line[] {
	return count === 0
		? []
		: [
				[
					span('  '),
					span(`${plural(count, 'object')} of other namespaces changed since; 0 lists all namespaces`, 'dim'),
				],
			];
}

/** What edits would change, that nobody has made yet. */
export function suppositionLines(
	{title, entries, assumed}: Supposition,
	options: RenderOptions,
): readonly Line[] {
	return wrapped(
		blocks(
			[[span('What if: ', 'strong', true), span(title, 'strong', true)]],
			entries.length === 0
				? [[span('  no entry that is listed would change', 'dim')]]
				: entryLines(entries, options),
			assumed.map((text): Line => [span('  assumed: ', 'dim'), span(text, 'dim')]),
		),
		options,
	);
}

/** In columns; where they have no room the title gives way, in its middle: what differs stands at the end. */
function entryLines(entries: readonly EntryDifference[], {width, glyphs}: RenderOptions): readonly Line[] {
	const rows = entries.map(({title, namespace, was, is}) => ({
		title,
		namespace,
		was: `${was ?? 'absent'} ${glyphs.arrow}`,
		is: span(is ?? 'gone', is),
	}));
	const widest = (texts: readonly string[]): number => Math.max(...texts.map(widthOf));
	const place = widest(rows.map(({namespace}) => namespace));
	const before = widest(rows.map(({was}) => was));
	const rest = place + before + widest(rows.map(({is}) => is.text)) + 7;
	const name = Math.min(widest(rows.map(({title}) => title)), Math.max(8, width - rest));
	return rows.map(({title, namespace, was, is}) => [
		span(`  ${padTo(namespace, place)}  `, 'dim'),
		span(padTo(truncateMiddle(title, name, glyphs.ellipsis), name)),
		span(`  ${padTo(was, before)} `, 'dim'),
		is,
	]);
}

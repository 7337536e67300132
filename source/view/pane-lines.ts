import {exactly, fitLine, lineWidth} from './text/fit.ts';
import type {Glyphs} from './text/glyphs.ts';
import {span, type Line, type Tone} from './text/line.ts';

/** A part of a pane with its own title; parts are divided by a rule. */
export type Section = {
	/** Absent: rows alone, which a box does not have. */
	readonly title?: Line;
	/** At the end of the title's row. */
	readonly note?: Line;
	/** Rows inside; less are filled up with blanks, more are cut. */
	readonly rows: number;
	readonly lines: readonly Line[];
	readonly focused?: boolean;
};

/** A box of exactly `width` columns, around one or more sections: one row above each section and one below all. */
export function paneLines(sections: readonly Section[], width: number, glyphs: Glyphs): readonly Line[] {
	if (width < 4) {
		return sections.flatMap(({lines, rows}) =>
			filled(lines, rows).map((line) => exactly(line, width, glyphs.ellipsis)),
		);
	}

	const rows = sections.flatMap((section, position) => [
		rule(section, position === 0, width, glyphs),
		...filled(section.lines, section.rows).map((line) => inside(line, width, glyphs)),
	]);
	const {box} = glyphs;
	const bottom = box.bottomLeft + box.horizontal.repeat(width - 2) + box.bottomRight;
	return [...rows, [span(bottom, 'border')]];
}

function filled(lines: readonly Line[], rows: number): readonly Line[] {
	return Array.from({length: rows}, (_, row) => lines[row] ?? []);
}

function inside(line: Line, width: number, glyphs: Glyphs): Line {
	const edge = span(glyphs.box.vertical, 'border');
	return [edge, ...exactly(line, width - 2, glyphs.ellipsis), edge];
}

/** Cells of the rule beside a title that show the focus. */
const stretch = 8;

/** Only the title and what is next to it show the focus: moving it must redraw neither two borders nor two rules. */
function rule(section: Section, first: boolean, width: number, glyphs: Glyphs): Line {
	const {box} = glyphs;
	const tone: Tone = section.focused ? 'border-focus' : 'border';
	const room = width - 4;
	const note = section.note ? fitLine(section.note, Math.max(0, room - 8), glyphs.ellipsis) : [];
	const noteRoom = note.length > 0 ? lineWidth(note) + 3 : 0;
	const title = fitLine(section.title ?? [], Math.max(0, room - 1 - noteRoom), glyphs.ellipsis);
	const fill = Math.max(0, room - 1 - lineWidth(title) - noteRoom) + 1;
	const inner = [
		span(' '),
		...title,
		span(' '),
		span((section.focused ? box.focus : box.horizontal).repeat(Math.min(fill, stretch)), tone),
		span(box.horizontal.repeat(Math.max(0, fill - stretch)), 'border'),
		...(note.length > 0 ? [span(' '), ...note, span(' '), span(box.horizontal, tone)] : []),
	];
	const start = span(first ? box.topLeft : box.left, tone);
	return [start, ...exactly(inner, width - 2, glyphs.ellipsis), span(first ? box.topRight : box.right, tone)];
}

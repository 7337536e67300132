import {entriesWidth} from '../view/entries/entry-columns.ts';
import {hopDetail} from '../view/detail/hop-detail.ts';
import {causeLines} from '../view/cause-lines.ts';
import {clusterLines} from '../view/pulse-lines.ts';
import {causeRows} from './lines/cause-rows.ts';
import {changeLines} from './lines/change-lines.ts';
import {emptyLines} from './lines/empty-lines.ts';
import {furtherLines} from './lines/further-hops.ts';
import type {Measured} from './model.ts';
import {causeSectionLines, pathSectionLines, previewLines} from './lines/path-sections.ts';
import type {Wants} from './layout-parts.ts';

/** Rows until the path is walked: those of a common one. */
const usualPath = 9;
/** Rows of the preview until the path is walked: else the list would change its height at each entry. */
const usualPreview = 8;

/** Rows that each region asks for. */
export function wantsOf(model: Measured): Wants {
	const {rows, path, hop, causes, session, now, glyphs} = model;
	return {
		entries: rows.length === 0 ? 0 : rows.length + 1,
		// Of all, whatever is filtered: panes stay where they are while a person types.
		entriesWidth: entriesWidth(session.entries),
		empty: (width) => emptyLines(model, width).length,
		causes: (width) => causeRows(causes, width, glyphs).length,
		cluster: (width) => clusterLines(session, {width: Math.max(1, width - 2), now, glyphs}).length,
		changes: (width) => changeLines(model, width).length,
		path: (width) => (path ? pathSectionLines(model, width).lines.length : usualPath),
		cause: (width) => causeSectionLines(model, width).length,
		why: (width) => (path ? causeLines(path, {width, glyphs}).length : 0),
		preview: (width) => Math.max(path ? 0 : usualPreview, previewLines(model, width).length),
		detail: (width) =>
			hop && path ? hopDetail(hop, path, {width: Math.max(1, width - 2), now, glyphs}).length : 0,
		further: (kind, width) => furtherLines(kind, model, width).length,
	};
}

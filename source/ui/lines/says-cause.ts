import {saysWhole} from '../../view/cause-lines.ts';
import type {Model} from '../model.ts';
import {causeRowsOf} from './path-sections.ts';

/** Whether the sentence of the cause stands whole above the detail, which then need not repeat it. */
export function saysCause(model: Omit<Model, 'detail'>): boolean {
	const {path, layout, glyphs} = model;
	return layout.boxes.some((box) =>
		box.sections.some(({part, rows}) => {
			const width = Math.max(1, box.width - (box.border ? 2 : 0));
			const room = part === 'path' ? causeRowsOf(model, rows, width) : part === 'strip' ? rows - 1 : rows;
			const isHead = part === 'path' || part === 'strip' || part === 'why';
			return isHead && path && saysWhole(path, {width, glyphs, rows: room});
		}),
	);
}

import {exactly} from '../../view/text/fit.ts';
import {span, type Line} from '../../view/text/line.ts';
import {wrap} from '../../view/text/wrap.ts';
import type {SessionNotice, SessionState} from '../../session/state.ts';
import type {Model} from '../model.ts';
import type {UiState} from '../state.ts';

/** A sentence of the session takes at most so many rows. */
const mostRows = 3;

/** The newest sentence of the session, until a key is pressed: then it was read. */
export function unreadNotice({ui, session}: Pick<Model, 'ui' | 'session'>): SessionNotice | undefined {
	const newest = session.notices.at(-1);
	return newest && noticeKey(newest) !== ui.noticeRead ? newest : undefined;
}

/** Marks the newest sentence as read. */
export function withNoticeRead(ui: UiState, {notices}: SessionState): UiState {
	const newest = notices.at(-1);
	return newest ? {...ui, noticeRead: noticeKey(newest)} : ui;
}

/** A thread that took the place of another counts anew. */
function noticeKey({id, at}: SessionNotice): string {
	return `${id} ${at}`;
}

/** An error or a warning, above the keys. It covers the last rows of the panes, so that none of them moves. */
export function noticeLines(model: Model): readonly Line[] {
	const notice = unreadNotice(model);
	if (!notice || notice.severity === 'info') {
		return [];
	}

	const {ui, glyphs, named} = model;
	const {columns, rows} = ui.size;
	const status = notice.severity === 'error' ? 'broken' : 'degraded';
	return wrap(named(notice.text), Math.max(8, columns - 4))
		.slice(0, Math.max(1, Math.min(mostRows, rows - 2)))
		.map((text, position) =>
			exactly(
				[span(` ${position === 0 ? glyphs.status[status] : ' '} `, status, true), span(text, status)],
				columns,
				glyphs.ellipsis,
			),
		);
}

import {exactly} from '../../view/text/fit.ts';
import {span, type Line} from '../../view/text/line.ts';
import {wrap} from '../../view/text/wrap.ts';
import type {SessionNotice, SessionState} from '../../session/state.ts';
import type {Model} from '../model.ts';
import type {UiState} from '../state.ts';

/** A sentence of the session takes at most so many rows. */
const mostRows = 3;

/** What the session said since the last key, the newest last: what stood there when a key was pressed was read. */
export function unreadNotices({ui, session}: Pick<Model, 'ui' | 'session'>): readonly SessionNotice[] {
	return session.notices.filter((notice) => !ui.noticesRead?.includes(noticeKey(notice)));
}

/** Marks all sentences of the session as read. */
export function withNoticesRead(ui: UiState, {notices}: SessionState): UiState {
	return notices.length > 0 ? {...ui, noticesRead: notices.map(noticeKey)} : ui;
}

/** A thread that took the place of another counts anew. */
function noticeKey({id, at}: SessionNotice): string {
	return `${id} ${at}`;
}

/** An error or a warning, above the keys. It covers the last rows of the panes, so that none of them moves. */
export function noticeLines(model: Model): readonly Line[] {
	const notice = unreadNotices(model).findLast(({severity}) => severity !== 'info');
	if (!notice) {
		return [];
	}

	const {ui, glyphs, named} = model;
	const {columns, rows} = ui.size;
	const status = notice.severity === 'error' ? 'broken' : 'degraded';
	const most = Math.max(1, Math.min(mostRows, rows - 2));
	const texts = wrap(named(notice.text), Math.max(8, columns - 4));
	// What does not fit stands in the last row, which says by an ellipsis that it is cut.
	const shown = texts.length > most ? [...texts.slice(0, most - 1), texts.slice(most - 1).join(' ')] : texts;
	return shown.map((text, position) =>
		exactly(
			[span(` ${position === 0 ? glyphs.status[status] : ' '} `, status, true), span(text, status)],
			columns,
			glyphs.ellipsis,
		),
	);
}

import {span, type Line} from '../../view/text/line.ts';
import type {Glyphs} from '../../view/text/glyphs.ts';
import type {Guide} from '../../model/guide.ts';
import type {SessionState} from '../../session/state.ts';
import type {Command} from '../keys/command.ts';
import {keysOf} from '../keys/keymap.ts';
import type {UiState} from '../state.ts';

type Shown = {
	readonly ui: UiState;
	readonly session: SessionState;
	readonly glyphs: Glyphs;
	/** Why a key does nothing now. */
	readonly whyNot?: (command: Command) => string | undefined;
};

/** Rows of `guideLines`, which are known before the layout. */
export function guideRows({ui, session}: Pick<Shown, 'ui' | 'session'>): number {
	return session.source.guide && ui.guideAt !== undefined ? 1 : 0;
}

/** What to press next in the demo, in one line; none where there is no guide, or it is hidden. */
export function guideLines({ui, session, glyphs, whyNot}: Shown): readonly Line[] {
	const {guide} = session.source;
	if (!guide || guideRows({ui, session}) === 0) {
		return [];
	}

	const next = guide.steps[guideAt(guide, ui) ?? -1];
	if (!next) {
		return [[span(`   ${guide.closing}`, 'dim')]];
	}

	// There letters are typed to narrow the list.
	if (ui.overlay && 'filter' in ui.overlay) {
		return [[span(`   ${keyOf('back', glyphs)} `, 'accent', true), span('closes it')]];
	}

	const key = next.key ?? keyOf(next.command as Command, glyphs);
	const why = ui.overlay || next.key ? undefined : whyNot?.(next.command as Command);
	return why === undefined
		? [[span(`   ${key} `, 'accent', true), span(next.shows)]]
		: [[span(`   ${key} `, 'dim'), span(`not now (${why}): ${next.shows}`, 'dim')]];
}

/** Position of the step that is due. What nobody opened, or what was closed by another key, needs no closing. */
export function guideAt({steps}: Guide, {guideAt: at, overlay}: UiState): number | undefined {
	return at !== undefined && overlay === undefined && steps[at]?.command === 'quit' ? at + 1 : at;
}

function keyOf(command: Command, {keys}: Glyphs): string {
	const [name = ''] = keysOf(command);
	return keys[name] ?? name;
}

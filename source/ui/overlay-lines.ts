import {kindLines} from '../view/kind-lines.ts';
import {span, type Line} from '../view/line.ts';
import {wrap} from '../view/wrap.ts';
import {lookedAtLines, lookedAtTitle, lookedAtTop} from '../view/looked-at-lines.ts';
import {differenceLines} from '../view/difference-lines.ts';
import {pulseLines} from '../view/pulse-lines.ts';
import type {Model} from './model.ts';
import type {Overlay} from './state.ts';

/** Text over the panes, that is scrolled. */
export type TextOverlay = Exclude<Overlay, {filter: string} | {kind: 'matrix'}>;

export function overlayLines(kind: TextOverlay['kind'], {ui, session, now, glyphs}: Model): readonly Line[] {
	const options = {width: Math.max(1, ui.size.columns - 4), now, glyphs};
	switch (kind) {
		case 'kinds': {
			return [
				...kindLines(session.kinds, options),
				...leftOutLines(session.source.leftOut ?? [], options.width),
			];
		}

		case 'pulse': {
			return pulseLines(session, options);
		}

		case 'object': {
			return lookedAtLines(session.lookedAt, options);
		}

		case 'differs': {
			return differenceLines(session.past, options);
		}
	}
}

export function overlayTitle(kind: TextOverlay['kind'], {session}: Model): string {
	return kind === 'object' ? lookedAtTitle(session.lookedAt) : titles[kind];
}

const titles: Readonly<Record<Exclude<TextOverlay['kind'], 'object'>, string>> = {
	kinds: 'What is read',
	pulse: 'Cluster',
	differs: 'What differs between then and now',
};

/** The first row that is shown: until it is scrolled, the one that matters. */
export function topOf({kind, top}: TextOverlay, model: Model): number {
	if (top !== undefined || kind !== 'object') {
		return top ?? 0;
	}

	const lines = overlayLines(kind, model).length;
	return lookedAtTop(model.session.lookedAt, lines, model.ui.size.rows - 4);
}

function leftOutLines(faults: readonly string[], width: number): readonly Line[] {
	return faults.length === 0
		? []
		: [
				[],
				[span('Not read', 'strong', true)],
				...faults.flatMap((fault) => wrap(fault, width - 2).map((row) => [span(`  ${row}`, 'degraded')])),
			];
}

import {kindLines} from '../../view/kind-lines.ts';
import {span, type Line} from '../../view/text/line.ts';
import {searched} from '../typing/search.ts';
import {wrap} from '../../view/text/wrap.ts';
import {lookedAtLines, lookedAtTitle, lookedAtTop} from '../../view/looked-at-lines.ts';
import {differenceLines, suppositionLines} from '../../view/difference-lines.ts';
import type {Cause} from '../../view/causes.ts';
import type {RenderOptions} from '../../view/detail/render-options.ts';
import {causesRow, pulseCauses, pulseLines} from '../../view/pulse-lines.ts';
import {humanDuration} from '../../model/matching/duration.ts';
import type {HistoryInfo, SessionState} from '../../session/state.ts';
import {plural} from '../../view/text/words.ts';
import {isFollowed} from '../looked-at.ts';
import {feedTime, type Model} from '../model.ts';
import type {Overlay} from '../state.ts';

/** Text over the panes, that is scrolled. */
export type TextOverlay = Exclude<Overlay, {filter: string} | {kind: 'matrix'}>;

/** The text with what is looked for marked. */
export function overlayLines(kind: TextOverlay['kind'], model: Model): readonly Line[] {
	const {overlay} = model.ui;
	const search = overlay && 'search' in overlay ? overlay.search : undefined;
	return searched(plainOverlayLines(kind, model), search);
}

export function plainOverlayLines(kind: TextOverlay['kind'], model: Model): readonly Line[] {
	const {ui, session} = model;
	const options = optionsOf(model);
	switch (kind) {
		case 'kinds':
			return kindsPage(model, {...options, now: feedTime(model)});
		case 'pulse':
			return pulseLines(session, options, pickedCause(ui.overlay, {session})?.id);
		case 'object':
			return lookedAtLines(session.lookedAt, options);
		case 'differs':
			return session.supposition
				? suppositionLines(session.supposition, options)
				: differenceLines(session.past, options);
	}
}

function kindsPage({session}: Model, options: RenderOptions): readonly Line[] {
	return [
		...kindLines(session.kinds, options),
		...leftOutLines(session.source.leftOut ?? [], options.width),
		...unfollowedLines(session.source.unfollowed ?? [], options.width),
		...ringLines(session.history, options),
	];
}

function optionsOf({ui, now, glyphs}: Model): RenderOptions {
	return {width: Math.max(1, ui.size.columns - 4), now, glyphs};
}

/** The row of the overview with which its causes begin. */
export function causesTop(model: Model): number {
	return causesRow(model.session, optionsOf(model));
}

/** The cause of the overview that the cursor is on: the worst until it is moved, or once the one it was on is gone. */
export function pickedCause(
	overlay: Overlay | undefined,
	{session}: Pick<Model, 'session'>,
): Cause | undefined {
	if (overlay?.kind !== 'pulse' || !session.entriesKnown) {
		return undefined;
	}

	const causes = pulseCauses(session);
	return causes.find(({id}) => id === overlay.cause) ?? causes[0];
}

export function overlayTitle(overlay: TextOverlay, {session: {lookedAt}}: Model): string {
	if (overlay.kind !== 'object') {
		return titles[overlay.kind];
	}

	const follows = isFollowed(overlay, lookedAt) ? ', follows' : '';
	const {looks, at} = overlay;
	const place = looks.length > 1 ? `  ${at + 1} of ${looks.length}` : '';
	return `${lookedAtTitle(lookedAt)}${follows}${place}`;
}

const titles: Readonly<Record<Exclude<TextOverlay['kind'], 'object'>, string>> = {
	kinds: 'What is read',
	pulse: 'Cluster',
	differs: 'What differs',
};

/** The first row that is shown: until it is scrolled, the one that matters. */
export function topOf({kind, top}: TextOverlay, model: Model): number {
	if (top !== undefined || kind !== 'object') {
		return top ?? 0;
	}

	const lines = overlayLines(kind, model).length;
	return lookedAtTop(model.session.lookedAt, lines, model.ui.size.rows - 4);
}

/** What of the last hour is kept in memory, for `,` and for Changes. */
function ringLines(
	history: HistoryInfo | undefined,
	{now, width}: {now: number; width: number},
): readonly Line[] {
	if (!history) {
		return [];
	}

	const {changes, bytes, mostBytes, since, whoProblem} = history;
	const size = `${plural(changes, 'change')} of the last ${humanDuration(now - since)}, ${kilobytes(bytes)} of at most ${kilobytes(mostBytes)}; , goes back`;
	return [
		[],
		[span('Kept in memory', 'strong', true)],
		...[size, ...nobodyNamed(whoProblem)].flatMap((text) =>
			wrap(text, width - 2).map((row) => [span(`  ${row}`)]),
		),
	];
}

function nobodyNamed(problem: string | undefined): readonly string[] {
	return problem === undefined ? [] : [`who made a change is not known: ${problem}`];
}

function kilobytes(bytes: number): string {
	return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Kinds in the file that knet does not follow: here a person finds out why an object is missing. */
function unfollowedLines(
	others: NonNullable<SessionState['source']['unfollowed']>,
	width: number,
): readonly Line[] {
	const named = others.map(({kind, count}) => {
		const times = count > 1 ? ` ${count}` : '';
		return `${kind || 'without a kind'}${times}`;
	});
	return named.length === 0
		? []
		: [
				[],
				[span('Not followed', 'strong', true)],
				...wrap(named.join(', '), width - 2).map((row) => [span(`  ${row}`, 'dim')]),
			];
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

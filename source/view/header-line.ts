import {humanDuration} from '../model/matching/duration.ts';
import {clockText} from './text/clock-text.ts';
import {clusterStrip} from './cluster-strip.ts';
import {exactly, lineWidth, spread} from './text/fit.ts';
import {freshnessOf} from './freshness.ts';
import type {Glyphs} from './text/glyphs.ts';
import {span, type Line, type Span} from './text/line.ts';
import {plural, retryWords} from './text/words.ts';
import type {Away, SessionState} from '../session/state.ts';

type HeaderOptions = {
	readonly width: number;
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** When the screen was paused (milliseconds). Absent: it is not. */
	readonly pausedSince?: number;
	/** The namespace of what is open, where another one is listed. */
	readonly elsewhere?: string;
	/** What is open below the namespace: entry, hop. */
	readonly crumbs?: readonly string[];
	readonly glyphs: Glyphs;
};

/** Blanks on both sides of the strip. */
const gaps = 5;

/** The first row: where one is, how the cluster is, and how far the picture can be trusted. */
export function headerLine(state: SessionState, options: HeaderOptions): Line {
	const {glyphs, width} = options;
	const unwell = state.cluster.filter(({verdict}) => verdict === 'broken' || verdict === 'degraded');
	const needed = lineWidth(clusterStrip(unwell, width, glyphs));
	const left = crumbs(state, options);
	const candidates = statusCandidates(state, options);
	const room = width - needed - (needed > 0 ? gaps : 0);
	const whole = lineWidth(clusterStrip(state.cluster, width, glyphs));
	const [, ...short] = candidates;
	const right =
		// How many kinds are read is said where the whole cluster has room beside it.
		candidates.find((line) => lineWidth(left) + lineWidth(line) + whole + gaps <= width) ??
		short.find((line) => lineWidth(left) + lineWidth(line) + 2 <= room) ??
		candidates.findLast((line) => lineWidth(line) + 8 <= width) ??
		[];
	const most = Math.max(8, width - lineWidth(right) - (needed > 0 ? needed + gaps : 1));
	const place = lineWidth(left) <= most ? left : exactly(left, most, glyphs.ellipsis);
	const strip = clusterStrip(state.cluster, width - lineWidth(place) - lineWidth(right) - gaps, glyphs);
	const end = strip.length === 0 ? right : [...strip, span('   '), ...right];
	return spread(place, lineWidth(end) + 8 <= width ? end : right, width, glyphs.ellipsis);
}

/** `knet  prod-eu › shop › app.example.com/api › Endpoints`. */
function crumbs(state: SessionState, {glyphs, elsewhere, crumbs: deeper = []}: HeaderOptions): Line {
	const into = span(` ${glyphs.into} `, 'dim');
	const place = placeText(state);
	const steps = [
		...(place === '' ? [] : [span(place)]),
		...(state.isOpening ? [] : [span(elsewhere ?? state.namespace ?? 'all namespaces', undefined, true)]),
		...deeper.map((text) => span(text)),
	];
	return [
		span(' knet', 'accent', true),
		span('  '),
		...steps.flatMap((step, position) => (position === 0 ? [step] : [into, step])),
	];
}

function placeText({source}: SessionState): string {
	switch (source.kind) {
		case 'file':
			return `file ${(source.files ?? []).join(' ')}`;
		case 'recording':
			return `recording ${(source.files ?? []).join(' ')}`;
		case 'demo':
			return 'demo';
		case 'live':
			return source.context || source.cluster || source.server || '';
	}
}

/** The same status, long to short; the first that fits is shown. */
function statusCandidates(state: SessionState, options: HeaderOptions): readonly Line[] {
	// Minutes: seconds would be all that an idle screen writes. Where the picture is old they count.
	const isOld = freshnessOf(state).state === 'stale';
	const clock =
		state.source.kind === 'file'
			? [span(' ')]
			: [span(`  ${clockText(options.now, isOld || state.playback ? 'seconds' : 'minutes')} `, 'dim')];
	const tail = span(' ');
	const {playback} = state;
	const held = heldStatus(state, options);
	if (held) {
		const more = held.more === undefined ? clock : [span(held.more, 'degraded')];
		return [
			[held.mark, ...more],
			[held.mark, tail],
		];
	}

	const [long, short] = statusLines(state, options);
	if (playback) {
		// Of a recording the time is what a person looks for.
		const end = span(`of ${clockText(playback.end, 'seconds')} `, 'dim');
		return options.now >= playback.end
			? [[...short, tail]]
			: [
					[...short, ...clock, end],
					[...short, ...clock],
				];
	}

	return [
		[...long, ...clock],
		[...short, ...clock],
		[...short, tail],
	];
}

/** What is shown in place of the cluster as it is now: a paused screen, a supposition, or the past. */
function heldStatus(
	{supposition, past}: SessionState,
	{glyphs, now, pausedSince}: HeaderOptions,
): {readonly mark: Span; readonly more?: string} | undefined {
	const mark = (text: string): Span => span(text, 'degraded', true);
	if (pausedSince !== undefined) {
		return {mark: mark(`${glyphs.paused} paused ${humanDuration(now - pausedSince)}`)};
	}

	if (supposition) {
		return {
			mark: mark(`${glyphs.past} what if ${supposition.title}`),
			more: `  ${supposition.entries.length} of the entries differ, * ends `,
		};
	}

	return (
		past && {
			mark: mark(`${glyphs.past} as of ${clockText(past.at, 'seconds')}`),
			more: `, ${past.back} of ${past.of} back `,
		}
	);
}

function statusLines(state: SessionState, {glyphs, now}: HeaderOptions): readonly [Line, Line] {
	const freshness = freshnessOf(state);
	switch (freshness.state) {
		case 'fixed':
			return [[span('not live: read from a file', 'dim')], [span('not live', 'dim')]];
		case 'connecting': {
			if (state.playback?.isPaused) {
				const paused = followSpan(state, {glyphs, now});
				return [[paused], [paused]];
			}

			const {synced, total} = freshness;
			const count = total > 0 ? `  ${synced} of ${total} kinds` : '';
			// A spinner is for the moment of opening: to a cluster that does not answer it would write all day.
			const short: Line = [
				{text: glyphs.pending, tone: 'accent', spins: freshness.reason === undefined},
				span(state.source.kind === 'recording' ? ' reading' : ' connecting', 'accent'),
			];
			return [[...short, span(count, 'dim')], short];
		}

		case 'live': {
			const {synced, total, forbidden} = freshness;
			const count = forbidden > 0 ? `  ${forbidden} of ${total} kinds forbidden` : `  ${synced} kinds synced`;
			const short = followSpan(state, {glyphs, now});
			return [
				[short, span(count, forbidden > 0 ? 'unknown' : 'dim')],
				forbidden > 0 ? [short, span(`  ${forbidden} forbidden`, 'unknown')] : [short],
			];
		}

		case 'stale': {
			const age = humanDuration(now - freshness.since);
			const short = span(`${glyphs.status.degraded} stale ${age}`, 'degraded', true);
			// How many kinds are old changes with each try: i lists them.
			return [[short], [short]];
		}
	}
}

/** Whether the picture goes on: with the cluster (or since when that is silent), with a recording, or no more. */
function followSpan(
	{source: {kind}, playback, heardAt}: SessionState,
	{glyphs, now}: Pick<HeaderOptions, 'glyphs' | 'now'>,
): Span {
	if (playback && now >= playback.end) {
		return span(`replay ended ${clockText(playback.end, 'seconds')}`, 'dim');
	}

	if (playback) {
		const speed = playback.speed === 1 ? '' : ` ${playback.speed}x`;
		return playback.isPaused
			? span(`${glyphs.paused} replay${speed} paused`, 'degraded', true)
			: span(`${glyphs.live} replay${speed}`, 'ok');
	}

	if (heardAt !== undefined) {
		return span(`${glyphs.live} no answer for ${humanDuration(now - heardAt)}`, 'dim');
	}

	return span(`${glyphs.live} ${kind === 'recording' ? 'replay' : 'live'}`, 'ok');
}

/** Rows under the header for what must not be overlooked as long as it is so: an old picture, unverified TLS. */
export function bannerLines(
	state: SessionState,
	{glyphs, now}: Pick<HeaderOptions, 'glyphs' | 'now'>,
): readonly Line[] {
	const freshness = freshnessOf(state);
	const tries = state.retry ? `${retryWords(state.retry, now)}: ` : '';
	const warn = (text: string): Line => [span(` ${glyphs.status.degraded} ${text}`, 'degraded')];
	return [
		...(state.source.insecure
			? [warn('TLS is not verified for this cluster: anybody in between can read and change what is shown')]
			: []),
		...(freshness.state === 'stale' ? [warn(`${tries}${freshness.reason}`)] : []),
		...(state.away ? [warn(awayWords(state.away))] : []),
		// Where nothing is listed yet the empty list says it, whole.
		...(freshness.state === 'connecting' && freshness.reason && state.entries.length > 0
			? [warn(`cannot connect yet: ${tries}${freshness.reason}`)]
			: []),
		...(state.source.guide ? [[span(` ${glyphs.arrow} ${state.source.guide.question}`, 'accent')]] : []),
		...(state.source.leftOut
			? [
					warn(
						`${plural(state.source.leftOut.length, 'document')} not read; i lists them: ${state.source.leftOut[0]}`,
					),
				]
			: []),
	];
}

/** `While you were away (14m): 2 broke, 1 healed`. */
function awayWords({since, until, broke, healed}: Away): string {
	const parts = [
		...(broke.length > 0 ? [`${broke.length} broke`] : []),
		...(healed.length > 0 ? [`${healed.length} healed`] : []),
	];
	return `While you were away (${humanDuration(until - since)}): ${parts.join(', ')}`;
}

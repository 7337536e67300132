import {humanDuration} from '../model/duration.ts';
import {lineWidth, spread} from './fit.ts';
import {freshnessOf} from './freshness.ts';
import type {Glyphs} from './glyphs.ts';
import {span, type Line} from './line.ts';
import type {SessionState} from '../session/state.ts';

export type HeaderOptions = {
	readonly width: number;
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** The picture is held since then (milliseconds). */
	readonly pausedSince?: number;
	readonly glyphs: Glyphs;
};

/** The first row: where one is, and how far the picture can be trusted. */
export function headerLine(state: SessionState, options: HeaderOptions): Line {
	const {glyphs, width} = options;
	const place = placeText(state);
	const namespace = state.namespace ?? 'all namespaces';
	const left: Line = [
		span(' knet', 'accent', true),
		span('  '),
		...(place === '' ? [] : [span(place), span(` ${glyphs.into} `, 'dim')]),
		span(namespace, undefined, true),
	];
	const candidates = statusCandidates(state, options);
	const right =
		candidates.find((line) => lineWidth(left) + lineWidth(line) + 2 <= width) ?? candidates.at(-1)!;
	return spread(left, lineWidth(right) + 8 <= width ? right : [], width, glyphs.ellipsis);
}

function placeText({source}: SessionState): string {
	switch (source.kind) {
		case 'file': {
			return `file ${(source.files ?? []).join(' ')}`;
		}

		case 'recording': {
			return `recording ${(source.files ?? []).join(' ')}`;
		}

		case 'demo': {
			return 'demo';
		}

		case 'live': {
			return source.context || source.cluster || source.server || '';
		}
	}
}

/** The same status, long to short; the first that fits is shown. */
function statusCandidates(state: SessionState, options: HeaderOptions): readonly Line[] {
	const clock = [span(`  ${clockText(options.now)} `, 'dim')];
	const tail = [span(' ')];
	if (options.pausedSince !== undefined) {
		const held = [
			span(
				`${options.glyphs.paused} paused ${humanDuration(options.now - options.pausedSince)}`,
				'degraded',
				true,
			),
		];
		return [
			[...held, ...clock],
			[...held, ...tail],
		];
	}

	const [long, short] = statusLines(state, options);
	return [
		[...long, ...clock],
		[...short, ...clock],
		[...short, ...tail],
	];
}

function statusLines(state: SessionState, {glyphs, now}: HeaderOptions): readonly [Line, Line] {
	const freshness = freshnessOf(state);
	switch (freshness.state) {
		case 'fixed': {
			return [[span('not live: read from a file', 'dim')], [span('not live', 'dim')]];
		}

		case 'connecting': {
			const {synced, total} = freshness;
			const count = total > 0 ? `  ${synced} of ${total} kinds` : '';
			const short: Line = [
				{text: glyphs.pending, tone: 'accent', spins: true},
				span(' connecting', 'accent'),
			];
			return [[...short, span(count, 'dim')], short];
		}

		case 'live': {
			const {synced, total, forbidden} = freshness;
			const count = forbidden > 0 ? `  ${forbidden} of ${total} kinds forbidden` : `  ${synced} kinds synced`;
			const short = span(`${glyphs.live} ${state.source.kind === 'recording' ? 'replay' : 'live'}`, 'ok');
			return [
				[short, span(count, forbidden > 0 ? 'unknown' : 'dim')],
				forbidden > 0 ? [short, span(`  ${forbidden} forbidden`, 'unknown')] : [short],
			];
		}

		case 'stale': {
			const age = humanDuration(now - freshness.since);
			const short = span(`${glyphs.status.degraded} stale ${age}`, 'degraded', true);
			return [[short, span(`  ${freshness.kinds} of ${freshness.total} kinds`, 'degraded')], [short]];
		}
	}
}

/** `14:03:22`, in the zone of this machine. */
export function clockText(milliseconds: number): string {
	const date = new Date(milliseconds);
	return [date.getHours(), date.getMinutes(), date.getSeconds()]
		.map((part) => String(part).padStart(2, '0'))
		.join(':');
}

/** Rows under the header for what must not be overlooked: an old picture, unverified TLS, a notice. */
export function bannerLines(
	state: SessionState,
	options: Pick<HeaderOptions, 'now' | 'glyphs'>,
): readonly Line[] {
	const {now, glyphs} = options;
	const freshness = freshnessOf(state);
	const warn = (text: string): Line => [span(` ${glyphs.status.degraded} ${text}`, 'degraded')];
	return [
		...(state.source.insecure
			? [warn('TLS is not verified for this cluster: anybody in between can read and change what is shown')]
			: []),
		...(freshness.state === 'stale'
			? [warn(`stale ${humanDuration(now - freshness.since)}: ${freshness.reason}`)]
			: []),
		...(freshness.state === 'connecting' && freshness.reason
			? [warn(`cannot connect yet: ${freshness.reason}`)]
			: []),
		...state.notices
			.slice(-1)
			.map(({severity, text}): Line => (severity === 'info' ? [span(`   ${text}`, 'dim')] : warn(text))),
	];
}

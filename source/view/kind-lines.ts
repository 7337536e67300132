import {clusterScoped} from '../model/kinds.ts';
import {omittedOf} from '../model/snapshot.ts';
import {humanDuration} from '../model/matching/duration.ts';
import type {RenderOptions} from './detail/render-options.ts';
import {span, type Line, type Span} from './text/line.ts';
import type {KindRow} from '../session/state.ts';
import {tableLines} from './text/table.ts';
import {wrap} from './text/wrap.ts';

const columns = [
	{header: 'KIND'},
	{header: 'OBJECTS', align: 'right'},
	{header: 'STATE'},
	{header: 'WHY', min: 12},
] as const;

/** What needs attention first, what is not there last. */
const order: readonly KindRow['state']['state'][] = [
	'stale',
	'forbidden',
	'connecting',
	'synced',
	'not-watched',
];

/** Every kind that is read: how many objects, in which state, since when and why. Kinds that are not there take one row. */
export function kindLines(kinds: readonly KindRow[], renderOptions: RenderOptions): readonly Line[] {
	const {width, glyphs} = renderOptions;
	if (kinds.length === 0) {
		return [[span('Nothing is read yet.', 'dim')]];
	}

	const listed = kinds
		.filter(({state}) => state.state !== 'absent' || state.only)
		.toSorted((a, b) => order.indexOf(a.state.state) - order.indexOf(b.state.state));
	const rows = listed.map((row, position) => [
		row.kind,
		countText(row),
		stateSpan(row, renderOptions),
		whyBelow(row, listed[position - 1]),
	]);
	const parts = [
		rows.length > 0 ? tableLines(columns, rows, {width, ellipsis: glyphs.ellipsis}) : [],
		absentLines(kinds, 'not-installed', `${glyphs.status.skipped} not installed: `, width),
		absentLines(kinds, 'not-in-input', `${glyphs.status.skipped} not in the input: `, width),
	].filter(({length}) => length > 0);
	return parts.flatMap((part, position) => (position === 0 ? part : [[], ...part]));
}

/** What one cause does to many kinds is said once. */
function whyBelow(row: KindRow, above: KindRow | undefined): string {
	const why = whyText(row);
	return why !== '' && above && whyText(above) === why ? '"' : why;
}

function absentLines(kinds: readonly KindRow[], why: string, title: string, width: number): readonly Line[] {
	const names = kinds.filter(
		({state}) =>
			state.state === 'absent' &&
			!state.only &&
			(state.why === 'not-installed') === (why === 'not-installed'),
	);
	return names.length === 0
		? []
		: wrap(`${title}${names.map(({kind}) => kind).join(', ')}`, width).map((row) => [span(row, 'dim')]);
}

function countText({state, count}: KindRow): string {
	const isHeld = state.state === 'synced' || state.state === 'stale' || state.state === 'absent';
	return isHeld ? String(count) : '';
}

function stateSpan({state}: KindRow, {glyphs, now}: RenderOptions): Span {
	switch (state.state) {
		case 'synced':
			return omittedOf(state).length > 0
				? span(`${glyphs.status.unknown} incomplete`, 'unknown')
				: span(`${glyphs.status.ok} synced`, 'ok');
		case 'connecting':
			return span(`${glyphs.pending} connecting`, 'accent');
		case 'stale':
			return span(`${glyphs.status.degraded} stale ${humanDuration(now - state.since)}`, 'degraded');
		case 'forbidden':
			return span(`${glyphs.status.unknown} forbidden`, 'unknown');
		case 'absent': {
			if (state.only) {
				return span(`${glyphs.status.unknown} in part`, 'unknown');
			}

			const why = state.why === 'not-installed' ? 'not installed' : 'not in the input';
			return span(`${glyphs.status.skipped} ${why}`, 'dim');
		}

		case 'not-watched':
			return span(`${glyphs.status.skipped} not watched`, 'dim');
	}
}

function whyText({kind, state}: KindRow): string {
	const omitted = omittedOf(state);
	if (omitted.length > 0) {
		const names = omitted.map(
			({namespace, name}) => [namespace, name].filter(Boolean).join('/') || 'of unknown name',
		);
		return `too large to be read: ${names.join(', ')}`;
	}

	if (state.state === 'absent' && state.only) {
		const {only} = state;
		const namespaces = only.length === 1 ? 'namespace' : 'namespaces';
		return clusterScoped.has(kind) ? 'there may be others' : `of ${namespaces} ${only.join(', ')} only`;
	}

	return 'reason' in state ? (state.reason ?? '') : '';
}

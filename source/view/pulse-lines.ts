import type {EntryRow, SessionState} from '../session/state.ts';
import {verdictOrder} from '../path/hop.ts';
import {causesOf} from './causes.ts';
import {partNames} from './cluster-strip.ts';
import type {RenderOptions} from './detail/render-options.ts';
import {blocks, table} from './detail/render-options.ts';
import {freshnessOf} from './freshness.ts';
import {hang} from './hang.ts';
import {span, type Line} from './line.ts';
import {sparkline} from './sparkline.ts';
import {rankOf} from './first-shown.ts';
import {plural} from './words.ts';

/** The cluster at a glance: the parts that all rests on, what is to be fixed, the namespaces, and what may not be read. */
export function pulseLines(session: SessionState, options: RenderOptions): readonly Line[] {
	return blocks(
		titled('Parts', partRows(session, options)),
		titled(`Causes`, causeRows(session, options)),
		titled('Namespaces', namespaceRows(session, options)),
		titled('Weak spots', weakRows(session.entries, options)),
		unreadLines(session, options),
	);
}

function titled(title: string, lines: readonly Line[]): readonly Line[] {
	return lines.length === 0 ? [] : [[span(title, 'strong', true)], ...lines];
}

function partRows({cluster}: SessionState, options: RenderOptions): readonly Line[] {
	const rows = cluster.map(({part, verdict, text}) => [
		span(`${options.glyphs.status[verdict]} ${partNames[part]}`, verdict),
		text,
	]);
	return table([{header: ''}, {header: '', min: 12}], rows, options).slice(1);
}

function causeRows({entries, entriesKnown}: SessionState, options: RenderOptions): readonly Line[] {
	if (!entriesKnown) {
		return [[span('No entry is known yet.', 'dim')]];
	}

	const causes = causesOf(entries.toSorted((a, b) => rankOf(a.verdict) - rankOf(b.verdict)));
	return causes.length === 0
		? [[span('Nothing is wrong with any entry that is listed.', 'dim')]]
		: causes.flatMap(({letter, verdict, code, text, entries: hit}) =>
				hang(
					[
						span(`${letter} ${options.glyphs.status[verdict]} ${code}`, verdict),
						span(`  ${hit} of ${plural(entries.length, 'entry', 'entries')}  `, 'dim'),
						span(text),
					],
					options.width,
					options.glyphs.ellipsis,
				),
			);
}

function namespaceRows({entries, broken = {}}: SessionState, options: RenderOptions): readonly Line[] {
	const verdicts = verdictOrder.filter((verdict) => verdict !== 'skipped');
	const rows = [...Map.groupBy(entries, ({namespace}) => namespace)].map(([namespace, rows]) => [
		namespace,
		...verdicts.map((verdict) => {
			const count = rows.filter((row) => row.verdict === verdict).length;
			return span(String(count), count === 0 ? 'dim' : verdict);
		}),
		sparkline(broken[namespace] ?? [], rows.length, options.glyphs),
	]);
	return table(
		[
			{header: 'NAMESPACE', min: 10, keepsEnd: true},
			...verdicts.map((verdict) => ({header: verdict.toUpperCase(), align: 'right' as const})),
			{header: 'BROKEN, 30 MIN', drop: 1},
		],
		rows,
		options,
	);
}

/** What is well and hangs on one node. */
function weakRows(entries: readonly EntryRow[], options: RenderOptions): readonly Line[] {
	const weak = entries.filter(({verdict, onlyNode}) => verdict === 'ok' && onlyNode !== undefined);
	const rows = [...Map.groupBy(weak, ({onlyNode}) => onlyNode ?? '')].map(([node, hit]) => {
		const others = hit.length > 1 ? ` and ${hit.length - 1} more` : '';
		return [
			span(`${options.glyphs.status.degraded} ${node}`, 'degraded'),
			`a drain leaves no endpoint of ${hit[0]!.title}${others}`,
		];
	});
	return table(
		[
			{header: 'NODE', min: 10, keepsEnd: true},
			{header: '', min: 16},
		],
		rows,
		options,
	);
}

function unreadLines(session: SessionState, {glyphs}: RenderOptions): readonly Line[] {
	const forbidden = session.kinds.filter(({state}) => state.state === 'forbidden').map(({kind}) => kind);
	const freshness = freshnessOf(session);
	return [
		...(forbidden.length > 0
			? [[span(`${glyphs.status.unknown} not read, forbidden: ${forbidden.join(', ')}`, 'unknown')]]
			: []),
		...(freshness.state === 'stale'
			? [[span(`${glyphs.status.degraded} as of an earlier time: ${freshness.reason}`, 'degraded')]]
			: []),
	];
}

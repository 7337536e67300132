import type {EntryRow, SessionState} from '../session/state.ts';
import {verdictOrder} from '../path/hop.ts';
import {causeId, causesOf, hasCause, type Cause} from './causes.ts';
import {partNames} from './cluster-strip.ts';
import type {RenderOptions} from './detail/render-options.ts';
import {blocks, table} from './detail/render-options.ts';
import {freshnessOf} from './freshness.ts';
import {hang} from './text/hang.ts';
import {span, type Line} from './text/line.ts';
import {sparkline} from './text/sparkline.ts';
import {rankOf} from './first-shown.ts';
import {padTo, widthOf} from './text/width.ts';
import {plural} from './text/words.ts';

/** The cluster at a glance: the parts that all rests on, what is to be fixed, the namespaces, and what may not be read. */
export function pulseLines(
	session: SessionState,
	options: RenderOptions,
	/** The identity of the cause under the cursor; absent where nothing is picked. */
	picked?: string,
): readonly Line[] {
	return blocks(
		partLines(session, options),
		titled('Causes', causeRows(session, options, picked)),
		titled('Namespaces', namespaceRows(session, options)),
		titled('Weak spots', weakRows(session.entries, options)),
		unreadLines(session, options),
	);
}

/** What no path says: the parts of the cluster that every path needs, and the nodes that alone serve an entry. */
export function clusterLines(session: SessionState, options: RenderOptions): readonly Line[] {
	return blocks(partRows(session, options), weakRows(session.entries, options));
}

function partLines(session: SessionState, options: RenderOptions): readonly Line[] {
	return titled('Parts', partRows(session, options));
}

/** The row at which the causes begin, below the parts and a blank. */
export function causesRow(session: SessionState, options: RenderOptions): number {
	const parts = partLines(session, options).length;
	return parts === 0 ? 0 : parts + 1;
}

function titled(title: string, lines: readonly Line[]): readonly Line[] {
	return lines.length === 0 ? [] : [[span(title, 'strong', true)], ...lines];
}

function partRows({cluster}: SessionState, options: RenderOptions): readonly Line[] {
	const names = cluster.map(({part}) => widthOf(partNames[part]));
	return cluster.flatMap(({part, verdict, text}) =>
		hang(
			[
				span(`${options.glyphs.status[verdict]} ${padTo(partNames[part], Math.max(...names))}  `, verdict),
				span(text),
			],
			options.width,
			options.glyphs.ellipsis,
		),
	);
}

/** Those of the overview, worst first. */
export function pulseCauses({entries}: Pick<SessionState, 'entries'>): readonly Cause[] {
	return causesOf(worstFirst(entries));
}

/** The worst entry that a cause hits. */
export function entryOfCause(cause: Cause, entries: readonly EntryRow[]): EntryRow | undefined {
	return worstFirst(entries).find((row) => hasCause(row) && causeId(row) === cause.id);
}

function worstFirst(entries: readonly EntryRow[]): readonly EntryRow[] {
	return entries.toSorted((a, b) => rankOf(a.verdict) - rankOf(b.verdict));
}

function causeRows(
	{entries, entriesKnown}: SessionState,
	options: RenderOptions,
	picked: string | undefined,
): readonly Line[] {
	if (!entriesKnown) {
		return [[span('No entry is known yet.', 'dim')]];
	}

	const causes = pulseCauses({entries});
	return causes.length === 0
		? [[span('Nothing is wrong with any entry that is listed.', 'dim')]]
		: causes.flatMap(({id, letter, verdict, code, text, entries: hit}) =>
				hang(
					[
						id === picked ? span(`${options.glyphs.select} `, 'accent', true) : span('  '),
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

function unreadLines(session: SessionState, {glyphs, width}: RenderOptions): readonly Line[] {
	const forbidden = session.kinds.filter(({state}) => state.state === 'forbidden').map(({kind}) => kind);
	const freshness = freshnessOf(session);
	return [
		...(forbidden.length > 0
			? hang(
					[
						span(`${glyphs.status.unknown} not read, forbidden: `, 'unknown'),
						span(forbidden.join(', '), 'unknown'),
					],
					width,
					glyphs.ellipsis,
				)
			: []),
		...(freshness.state === 'stale'
			? [[span(`${glyphs.status.degraded} as of an earlier time: ${freshness.reason}`, 'degraded')]]
			: []),
	];
}

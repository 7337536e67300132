import type {HopKind} from '../../path/hop-kind.ts';
import {hopFacts, hopTitle} from '../../view/detail/hop-detail.ts';
import type {Line} from '../../view/text/line.ts';
import type {Section} from '../../view/pane-lines.ts';
import type {Measured} from '../model.ts';

/** Hops whose tables stand below that of the hop that is looked at, where a tall screen has room. */
const kinds = {endpoints: 'endpoints', pods: 'pod'} as const satisfies Record<string, HopKind>;

type Further = keyof typeof kinds;

function furtherHop(part: Further, {path, hop, lingers}: Measured) {
	const found = path?.hops.find(({kind}) => kind === kinds[part]);
	return found === hop || lingers || found?.status === 'skipped' ? undefined : found;
}

/** The table of such a hop, without findings. Nothing for the hop that is looked at. */
export function furtherLines(part: Further, model: Measured, width: number): readonly Line[] {
	const hop = furtherHop(part, model);
	const {now, glyphs} = model;
	return hop?.details ? hopFacts(hop, {width: Math.max(1, width - 2), now, glyphs}) : [];
}

export function furtherSection(
	part: Further,
	model: Measured,
	{rows, width}: {rows: number; width: number},
): Section {
	const hop = furtherHop(part, model);
	return {
		title: hop ? hopTitle(hop) : [],
		rows,
		lines: furtherLines(part, model, width)
			.slice(0, rows)
			.map((line) => [{text: ' '}, ...line]),
	};
}

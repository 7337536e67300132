import type {HopKind} from '../../path/hop-kind.ts';
import {hopFacts, hopTitle} from '../../view/detail/hop-detail.ts';
import type {Line} from '../../view/text/line.ts';
import type {Section} from '../../view/pane-lines.ts';
import type {Measured} from '../model.ts';

function furtherHop(kind: HopKind, {path, hop, lingers}: Measured) {
	const found = path?.hops.find((each) => each.kind === kind);
	return found === hop || lingers || found?.status === 'skipped' ? undefined : found;
}

/** The facts of another hop than the one that is looked at, without findings. Nothing for that one itself. */
export function furtherLines(kind: HopKind, model: Measured, width: number): readonly Line[] {
	const hop = furtherHop(kind, model);
	const {now, glyphs} = model;
	return hop?.details ? hopFacts(hop, {width: Math.max(1, width - 2), now, glyphs}) : [];
}

export function furtherSection(
	kind: HopKind,
	model: Measured,
	{rows, width}: {rows: number; width: number},
): Section {
	const hop = furtherHop(kind, model);
	return {
		title: hop ? hopTitle(hop) : [],
		rows,
		lines: furtherLines(kind, model, width)
			.slice(0, rows)
			.map((line) => [{text: ' '}, ...line]),
	};
}

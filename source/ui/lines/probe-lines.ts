import type {ProbePlan} from '../../session/probes/probe-state.ts';
import {span, type Line} from '../../view/text/line.ts';
import {wrap} from '../../view/text/wrap.ts';

type Page = {
	readonly lines: readonly Line[];
	/** Which rows these are, and how to see the others; absent where all are shown. */
	readonly note?: Line;
};

/** What would be sent, before it is sent, and what it needs: a page of it where not all fits. */
export function probePage(
	plan: ProbePlan,
	width: number,
	{rows, page = 0}: {rows: number; page?: number},
): Page {
	const lines = linesOf(plan, width);
	if (lines.length <= rows) {
		return {lines};
	}

	const height = Math.max(1, rows);
	const pages = Math.ceil(lines.length / height);
	const top = (((page % pages) + pages) % pages) * height;
	const end = Math.min(top + height, lines.length);
	const next = end < lines.length ? 'space shows the next' : 'space begins again';
	return {
		lines: lines.slice(top, end),
		note: [span(`rows ${top + 1} to ${end} of ${lines.length}, ${next}`, 'degraded')],
	};
}

function linesOf(plan: ProbePlan, width: number): readonly Line[] {
	const rows = (text: string, lead: string) =>
		wrap(text, Math.max(8, width - 4)).map((row, position): Line => [
			span(position === 0 ? lead : '  '),
			span(row),
		]);
	return [
		[span('This is sent when you agree:', 'strong')],
		...plan.checks.flatMap((check) => rows(check, '- ')),
		[],
		...(plan.permissions.length === 0
			? []
			: [
					[span('It needs permission to:', 'dim')],
					...plan.permissions.flatMap((permission) => rows(permission, '- ')),
					[],
				]),
	];
}

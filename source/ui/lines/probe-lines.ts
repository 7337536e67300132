import type {ProbePlan} from '../../session/probes/probe-state.ts';
import {span, type Line} from '../../view/text/line.ts';
import {plural} from '../../view/text/words.ts';
import {wrap} from '../../view/text/wrap.ts';

/** What would be sent, before it is sent, and what it needs; where not all fits, how much more there is. */
export function probeLines(plan: ProbePlan, width: number, rows = Infinity): readonly Line[] {
	const lines = linesOf(plan, width);
	const kept = Math.max(0, rows - 1);
	const hidden = lines.slice(kept).filter((line) => line.length > 0).length;
	return lines.length <= rows
		? lines
		: [
				...lines.slice(0, kept),
				[span(`and ${plural(hidden, 'row')} more, which a taller window shows`, 'degraded')],
			].slice(0, rows);
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

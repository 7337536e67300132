import type {ObservedCheck} from '../../path/details.ts';
import {calmAge} from '../text/age.ts';
import type {Line} from '../text/line.ts';
import {table, type RenderOptions} from './render-options.ts';

const columns = [
	{header: 'CHECKED', min: 12},
	{header: 'FROM', min: 8, drop: 2},
	{header: 'RESULT', min: 10},
	{header: 'TOOK', align: 'right', drop: 3},
	{header: 'AGE', align: 'right', drop: 1},
] as const;

/** Probes that were made: what, from where, what came of it, how long ago. */
export function observedLines(
	checks: readonly ObservedCheck[] | undefined,
	renderOptions: RenderOptions,
): readonly Line[] {
	const rows = (checks ?? []).map(({what, vantage, result, ms, at}) => [
		what,
		vantage,
		result,
		ms === undefined ? '' : `${ms} ms`,
		calmAge(renderOptions.now - at),
	]);
	return table(columns, rows, renderOptions);
}

import {matrixLines} from '../../view/report/matrix.ts';
import {span, type Line} from '../../view/text/line.ts';
import {sourceWords, symptomText} from '../../view/text/words.ts';
import {wrap} from '../../view/text/wrap.ts';
import type {Model} from '../model.ts';
import type {MatrixOverlay} from '../state.ts';

/** The matrix with its cursor, and below it why the row under the cursor is what it is. */
export function matrixOverlayLines(
	{row, column}: MatrixOverlay,
	{session, glyphs, ui}: Pick<Model, 'session' | 'glyphs' | 'ui'>,
): readonly Line[] {
	const {matrix} = session;
	if (!matrix || matrix.rows.length === 0) {
		return [[span('walking the paths', 'dim')]];
	}

	const place = matrix.rows[Math.min(row, matrix.rows.length - 1)]!;
	const width = Math.max(8, ui.size.columns - 4);
	return [
		...matrixLines(matrix, {glyphs, cursor: {row, column}, width}).slice(1),
		[],
		...wrap(`from ${sourceWords(place.from)}: ${whyOf(place)}`, width).map((text) => [
			span(text, place.verdict === 'ok' ? 'dim' : place.verdict),
		]),
	];
}

type Place = NonNullable<Model['session']['matrix']>['rows'][number];

/** What a row may have had no room for. */
function whyOf({verdict, symptom, rootCause, cause}: Place): string {
	if (verdict === 'ok') {
		return 'Requests get through.';
	}

	const sees = symptom ? `${verdict}, client sees ${symptomText(symptom)}` : verdict;
	return rootCause === undefined ? `${sees}.` : `${sees}. ${rootCause} ${cause ?? ''}`;
}

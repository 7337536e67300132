import type {LookedAt} from '../session/state.ts';
import {fold} from './text/fold.ts';
import type {Glyphs} from './text/glyphs.ts';
import {span, type Line} from './text/line.ts';
import {refName} from './text/words.ts';

const whats: Readonly<Record<LookedAt['what'], string>> = {
	yaml: 'YAML',
	describe: 'description',
	events: 'events',
	log: 'log',
};

export function lookedAtTitle(lookedAt: LookedAt | undefined): string {
	if (!lookedAt) {
		return 'Object';
	}

	const {ref, what, container, previous} = lookedAt;
	const run = previous ? ', the run before' : '';
	return `${ref.kind} ${refName(ref)}  ${whats[what]}${container && what === 'log' ? ` of ${container}` : ''}${run}`;
}

/** Its text; the fields that decided are marked. Sentences go on below where they began: what matters most stands at their end. */
export function lookedAtLines(
	lookedAt: LookedAt | undefined,
	{width, glyphs: {here}}: {readonly width: number; readonly glyphs: Glyphs},
): readonly Line[] {
	if (!lookedAt || lookedAt.phase === 'reading') {
		return [[span('reading', 'dim')]];
	}

	if (lookedAt.phase === 'failed') {
		return lookedAt.lines.map((text) => [span(text, 'degraded')]);
	}

	if (lookedAt.what !== 'yaml') {
		return fold(
			lookedAt.lines.map((text) => [span(text)]),
			width,
		);
	}

	const marked = new Set(lookedAt.marked);
	return lookedAt.lines.map((text, position) =>
		marked.has(position) ? [span(text, 'match'), span(`  ${here} decided`, 'accent')] : [span(text)],
	);
}

/** The row to begin with: a little above the first field that decided; of a log its end. */
export function lookedAtTop(lookedAt: LookedAt | undefined, lines: number, rows: number): number {
	if (!lookedAt) {
		return 0;
	}

	const [first] = lookedAt.marked;
	switch (lookedAt.what) {
		case 'yaml': {
			return Math.max(0, (first ?? 0) - 4);
		}

		case 'describe': {
			return 0;
		}

		case 'events':
		case 'log': {
			return Math.max(0, lines - rows);
		}
	}
}

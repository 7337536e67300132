import type {LookedAt} from '../session/state.ts';
import {fold} from './text/fold.ts';
import type {Glyphs} from './text/glyphs.ts';
import {span, type Line} from './text/line.ts';
import {widthOf} from './text/width.ts';
import {wrap} from './text/wrap.ts';
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
	// Only a log is that of a container and of one of its runs.
	const run = previous ? ', the run before' : '';
	const log = what === 'log' ? `${container ? ` of ${container}` : ''}${run}` : '';
	return `${ref.kind} ${refName(ref)}  ${whats[what]}${log}`;
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
		return lookedAt.lines.flatMap((text) => below(text, lookedAt.what, width));
	}

	const marked = new Set(lookedAt.marked);
	return lookedAt.lines.map((text, position) =>
		marked.has(position) ? [span(text, 'match'), span(`  ${here} decided`, 'accent')] : [span(text)],
	);
}

/** A line that goes on is told from the next one by its indent: below the text of an event, below two columns of a log. */
function below(text: string, what: LookedAt['what'], width: number): readonly Line[] {
	const time = /^ *\d\d-\d\d \d\d:\d\d:\d\d {2}/u.exec(text)?.[0];
	if (what === 'log') {
		return logRows(text, width);
	}

	return fold([time ? [span(time, 'dim'), span(text.slice(time.length))] : [span(text)]], width);
}

function logRows(text: string, width: number): readonly Line[] {
	const start = text.trimStart();
	const indent = ' '.repeat(Math.min(text.length - start.length, Math.floor(width / 3)));
	return widthOf(text) <= width
		? [[span(text)]]
		: wrap(start, width - indent.length - 2).map((row, position) => [
				span(`${indent}${position > 0 ? '  ' : ''}${row}`),
			]);
}

/** The row to begin with: a little above the first field that decided; of a log its end. */
export function lookedAtTop(lookedAt: LookedAt | undefined, lines: number, rows: number): number {
	if (!lookedAt) {
		return 0;
	}

	const [first] = lookedAt.marked;
	switch (lookedAt.what) {
		case 'yaml':
			return Math.max(0, (first ?? 0) - 4);
		case 'describe':
			return 0;
		case 'events':
		case 'log':
			return Math.max(0, lines - rows);
	}
}

import {Box} from 'ink';
import type {Glyphs} from '../../view/text/glyphs.ts';
import {exactly, spread} from '../../view/text/fit.ts';
import type {Line} from '../../view/text/line.ts';
import {paneLines, type Section} from '../../view/pane-lines.ts';
import {Row} from './row.tsx';

type Props = {
	readonly sections: readonly Section[];
	readonly width: number;
	readonly border: boolean;
	readonly glyphs: Glyphs;
};

/** A box with its sections, or where there is no room for a box, their titles and rows alone. */
export function Pane({sections, width, border, glyphs}: Props) {
	const lines = border ? paneLines(sections, width, glyphs) : bareLines(sections, width, glyphs);
	return (
		<Box flexDirection="column" width={width}>
			{lines.map((line, position) => (
				<Row key={position} line={line} />
			))}
		</Box>
	);
}

function bareLines(sections: readonly Section[], width: number, glyphs: Glyphs): readonly Line[] {
	return sections.flatMap(({title, note, lines, rows}) => [
		...(title
			? [spread([{text: ' '}, ...title], note?.length ? [{text: ' '}, ...note] : [], width, glyphs.ellipsis)]
			: []),
		...Array.from({length: rows}, (_, row) => exactly(lines[row] ?? [], width, glyphs.ellipsis)),
	]);
}

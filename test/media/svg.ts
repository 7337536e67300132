import type {IBufferCell, Terminal} from '@xterm/headless';

const cellWidth = 8.4;
const lineHeight = 18;
const padding = 12;

/** The 16 ANSI colours as a dark terminal shows them. */
const palette = [
	'#3b4252',
	'#e06c75',
	'#98c379',
	'#e5c07b',
	'#61afef',
	'#c678dd',
	'#56b6c2',
	'#d8dee9',
	'#6b7689',
	'#e06c75',
	'#98c379',
	'#e5c07b',
	'#61afef',
	'#c678dd',
	'#56b6c2',
	'#ffffff',
];

/** What stands on a terminal's screen, as an SVG picture. */
export function screenSvg({
	buffer: {active},
	cols,
	rows,
}: Pick<Terminal, 'buffer' | 'cols' | 'rows'>): string {
	const width = Math.ceil(cols * cellWidth + 2 * padding);
	const height = rows * lineHeight + 2 * padding;
	const lines = Array.from({length: rows}, (_, row) => {
		const line = active.getLine(active.viewportY + row);
		const cells = Array.from({length: cols}, (_cell, column) => line?.getCell(column));
		return runsOf(cells)
			.map((run) => textElement(run, row))
			.join('');
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14">`,
		`<rect width="${width}" height="${height}" rx="8" fill="#1f242d"/>`,
		...lines,
		'</svg>',
		'',
	].join('\n');
}

type Run = {readonly column: number; readonly length: number; readonly text: string; readonly style: string};

/** Cells of one style in a row become one piece of text. */
function runsOf(cells: readonly (IBufferCell | undefined)[]): readonly Run[] {
	const runs: Run[] = [];
	cells.forEach((cell, column) => {
		const text = cell?.getChars() || ' ';
		const style = styleOf(cell);
		const last = runs.at(-1);
		if (last && last.style === style) {
			runs[runs.length - 1] = {...last, text: last.text + text, length: last.length + 1};
		} else {
			runs.push({column, length: 1, text, style});
		}
	});
	return runs.filter(({text}) => text.trim() !== '');
}

function styleOf(cell: IBufferCell | undefined): string {
	const color = cell?.isFgPalette() ? (palette[cell.getFgColor()] ?? '#d8dee9') : '#d8dee9';
	return [
		`fill="${color}"`,
		...(cell?.isBold() ? ['font-weight="bold"'] : []),
		...(cell?.isDim() ? ['opacity="0.6"'] : []),
	].join(' ');
}

function textElement({column, length, text, style}: Run, row: number): string {
	const x = (padding + column * cellWidth).toFixed(1);
	const y = padding + row * lineHeight + 13;
	return `<text x="${x}" y="${y}" textLength="${(length * cellWidth).toFixed(1)}" xml:space="preserve" ${style}>${escaped(text)}</text>`;
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

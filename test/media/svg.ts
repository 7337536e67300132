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

export type Picture = {
	readonly width: number;
	readonly height: number;
	readonly body: string;
	/** What the picture shows, for who cannot see it. */
	readonly text: string;
};

/** What stands on a terminal's screen. */
export function pictureOf({
	buffer: {active},
	cols,
	rows,
}: Pick<Terminal, 'buffer' | 'cols' | 'rows'>): Picture {
	const all = Array.from({length: rows}, (_, row) => active.getLine(active.viewportY + row));
	const lines = all.map((line, row) => {
		const cells = Array.from({length: cols}, (_cell, column) => line?.getCell(column));
		return runsOf(cells)
			.map((run) => textElement(run, row))
			.join('');
	});
	return {
		width: Math.ceil(cols * cellWidth + 2 * padding),
		height: rows * lineHeight + 2 * padding,
		body: lines.join('\n'),
		text: all.map((line) => line?.translateToString(true) ?? '').join('\n'),
	};
}

/** The text of a picture made by `svgOf`. */
export function textOf(svg: string): string {
	const text = /<desc>(?<text>.*?)<\/desc>/su.exec(svg)?.groups?.['text'] ?? '';
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

export function svgOf({width, height, body, text}: Picture): string {
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14">`,
		`<desc>${escaped(text)}</desc>`,
		`<rect width="${width}" height="${height}" rx="8" fill="#1f242d"/>`,
		body,
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

import {expect, test} from 'vitest';
import {plainText, span} from '../../../source/view/text/line.ts';
import {tableLines, type Column} from '../../../source/view/text/table.ts';
import {widthOf} from '../../../source/view/text/width.ts';

const columns: readonly Column[] = [
	{header: 'POD', min: 6},
	{header: 'READY'},
	{header: 'RESTARTS', align: 'right', drop: 2},
	{header: 'NODE', min: 4, drop: 1},
];

const rows = [
	['web-7d9f-x2', span('not ready', 'broken'), '3', 'node-a'],
	['web-7d9f-k8', span('ready', 'ok'), '10', 'node-b'],
];

function drawing(width: number): string {
	return `\n${tableLines(columns, rows, {width, ellipsis: '…'}).map(plainText).join('\n')}\n`;
}

test('aligns its columns', () => {
	expect(drawing(60)).toBe(`
POD          READY      RESTARTS  NODE
web-7d9f-x2  not ready         3  node-a
web-7d9f-k8  ready            10  node-b
`);
});

test('cuts what may be cut', () => {
	expect(drawing(36)).toBe(`
POD      READY      RESTARTS  NODE
web-7d…  not ready         3  node-a
web-7d…  ready            10  node-b
`);
});

test('keeps the ends of names that differ there', () => {
	const [pod, ...others] = columns;
	const lines = tableLines([{...pod!, keepsEnd: true}, ...others], rows, {width: 36, ellipsis: '…'});
	expect(lines.map(plainText).map((line) => line.slice(0, 7))).toEqual(['POD    ', 'web…-x2', 'web…-k8']);
});

test('leaves columns out when cutting is not enough', () => {
	expect(drawing(24)).toBe(`
POD     READY      NODE
web-7…  not ready  node…
web-7…  ready      node…
`);
	expect(drawing(18)).toBe(`
POD      READY
web-7d…  not ready
web-7d…  ready
`);
});

test('leaves out a column that is empty in every row', () => {
	const lines = tableLines(columns, [['web', 'ready', '', 'node-a']], {width: 60, ellipsis: '…'});
	expect(lines.map(plainText)).toEqual(['POD  READY  NODE', 'web  ready  node-a']);
});

test('is never wider than asked', () => {
	for (let width = 1; width < 60; width++) {
		for (const line of tableLines(columns, rows, {width, ellipsis: '…'})) {
			expect(widthOf(plainText(line))).toBeLessThanOrEqual(width);
		}
	}
});

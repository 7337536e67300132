import {expect, test} from 'vitest';
import {asciiGlyphs, unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {plainText, span} from '../../source/view/text/line.ts';
import {paneLines, type Section} from '../../source/view/pane-lines.ts';
import {widthOf} from '../../source/view/text/width.ts';

function drawing(sections: readonly Section[], width: number, glyphs = unicodeGlyphs): string {
	return paneLines(sections, width, glyphs).map(plainText).join('\n');
}

const entries: Section = {
	title: [span('Entries')],
	note: [span('2 broken')],
	rows: 2,
	lines: [[span('web')]],
};
const detail: Section = {
	title: [span('Pods')],
	rows: 1,
	lines: [[span('web-1 is not ready')], [span('cut off')]],
};

test('draws a box around its rows, filled up with blanks', () => {
	expect(drawing([entries], 30)).toBe(
		`
╭ Entries ──────── 2 broken ─╮
│web                         │
│                            │
╰────────────────────────────╯`.slice(1),
	);
});

test('divides sections by a rule', () => {
	expect(drawing([entries, detail], 24)).toBe(
		`
╭ Entries ── 2 broken ─╮
│web                   │
│                      │
├ Pods ────────────────┤
│web-1 is not ready    │
╰──────────────────────╯`.slice(1),
	);
});

test('cuts titles before notes', () => {
	expect(drawing([{...entries, title: [span('https://app.example.com/api')], rows: 0}], 30)).toBe(
		`
╭ https://app.e… ─ 2 broken ─╮
╰────────────────────────────╯`.slice(1),
	);
});

test('is drawn in ASCII, too', () => {
	expect(drawing([detail], 16, asciiGlyphs)).toBe(
		`
+ Pods --------+
|web-1 is not ~|
+--------------+`.slice(1),
	);
});

test('is never wider than asked', () => {
	for (let width = 1; width < 60; width++) {
		for (const line of paneLines([entries, detail], width, unicodeGlyphs)) {
			expect(widthOf(plainText(line))).toBe(width);
		}
	}
});

import {render} from 'ink-testing-library';
import {createElement} from 'react';
import {expect, test} from 'vitest';
import {Pane} from '../../source/ui/components/pane.tsx';
import {Row} from '../../source/ui/components/row.tsx';
import {ThemeContext} from '../../source/ui/theme-context.ts';
import {colourTheme, themeOf} from '../../source/ui/theme.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../source/view/text/glyphs.ts';
import {span} from '../../source/view/text/line.ts';

test('a row has the colours of the theme', () => {
	const row = createElement(Row, {line: [span('✗ 503', 'broken', true), span(' api')]});
	expect(render(row).lastFrame()).toBe('\u001B[1m\u001B[31m✗ 503\u001B[39m\u001B[22m api');
	const mono = createElement(
		ThemeContext,
		{value: {theme: themeOf(undefined, false), glyphs: unicodeGlyphs}},
		row,
	);
	expect(render(mono).lastFrame()).toBe('\u001B[1m✗ 503\u001B[22m api');
});

test('a row without anything takes a row', () => {
	expect(render(createElement(Row, {line: []})).lastFrame()).toBe('');
});

test('a row spins where it should, and is ASCII where it should', () => {
	const line = [{text: '~', spins: true}, span(' a → b')];
	const value = {theme: colourTheme, glyphs: asciiGlyphs};
	const frame = render(createElement(ThemeContext, {value}, createElement(Row, {line}))).lastFrame();
	expect(frame).toMatch(/^[-\\|/] a > b$/);
});

test('a pane has a box, or where there is no room its title alone', () => {
	const sections = [{title: [span('Pods')], note: [span('2')], rows: 2, lines: [[span('web-1')]]}];
	const pane = (border: boolean) => createElement(Pane, {sections, width: 16, border, glyphs: unicodeGlyphs});
	const plain = (frame?: string) => frame?.replaceAll(/\u001B\[\d+m/g, '');
	expect(plain(render(pane(true)).lastFrame())).toBe(
		'╭ Pods ──── 2 ─╮\n│web-1         │\n│              │\n╰──────────────╯',
	);
	expect(plain(render(pane(false)).lastFrame())).toBe(' Pods          2\nweb-1\n');
});

import {describe, expect, test} from 'vitest';
import {toAscii} from '../../source/view/text/ascii.ts';
import {exactly, fitLine, spread} from '../../source/view/text/fit.ts';
import {oneLine, plainText, span} from '../../source/view/text/line.ts';
import {padTo, takeWidth, truncate, widthOf} from '../../source/view/text/width.ts';
import {wrap} from '../../source/view/text/wrap.ts';
import {percent, plural} from '../../source/view/text/words.ts';

describe('width', () => {
	test.each([
		['abc', 3],
		['日本', 4],
		['é', 1],
		['👩‍👩‍👧', 2],
		['→', 1],
	])('of %s is %i columns', (text, columns) => {
		expect(widthOf(text)).toBe(columns);
	});

	test('a text is never cut inside a grapheme', () => {
		expect(takeWidth('日本語', 5)).toBe('日本');
		expect(takeWidth('e\u0301e\u0301', 1)).toBe('e\u0301');
		expect(truncate('日本語', 5, '…')).toBe('日本…');
		expect(truncate('日本語', 6, '…')).toBe('日本語');
		expect(truncate('abc', 0, '…')).toBe('');
	});

	test('fills up at the end, or at the beginning', () => {
		expect(padTo('日', 4)).toBe('日  ');
		expect(padTo('7', 3, 'right')).toBe('  7');
	});
});

describe('a line', () => {
	const line = [span('web', 'ok'), span(' is fine')];

	test('is cut in the tone of what is cut', () => {
		expect(fitLine(line, 6, '…')).toEqual([span('web', 'ok'), span(' i…')]);
		expect(fitLine(line, 2, '…')).toEqual([span('w…', 'ok')]);
		expect(fitLine(line, 11, '…')).toBe(line);
	});

	test('is exactly as wide as asked', () => {
		for (let width = 0; width < 20; width++) {
			expect(widthOf(plainText(exactly(line, width, '…')))).toBe(width);
		}
	});

	test('gives way to what stands at its end', () => {
		expect(plainText(spread(line, [span(' 503')], 10, '…'))).toBe('web i… 503');
		expect(plainText(spread(line, [span('503')], 16, '…'))).toBe('web is fine  503');
		expect(plainText(spread(line, [span('a long remark')], 6, '…'))).toBe('a lon…');
	});

	test('never holds what would move the cursor', () => {
		expect(oneLine('a\nb\tc\u0007d\u009Be')).toBe('a b c^Gd<U+009B>e');
		expect(span('a\r\nb').text).toBe('a b');
	});
});

describe('wrapping', () => {
	test('breaks at spaces', () => {
		expect(wrap('the quick brown fox', 9)).toEqual(['the quick', 'brown fox']);
	});

	test('breaks a word that is wider than the line', () => {
		expect(wrap('a verylongword b', 6)).toEqual(['a', 'verylo', 'ngword', 'b']);
	});

	test('breaks such a word after a dot, a slash or an equals sign, where that leaves less than half of the line blank', () => {
		expect(wrap('backend.port.number 80', 15)).toEqual(['backend.port.', 'number 80']);
		expect(wrap('example.com/part-of=shop', 20)).toEqual(['example.com/part-of=', 'shop']);
		expect(wrap('a.verylongword b', 8)).toEqual(['a.verylo', 'ngword b']);
	});

	test('keeps the lines of a text', () => {
		expect(wrap('one\ntwo', 10)).toEqual(['one', 'two']);
		expect(wrap('', 10)).toEqual(['']);
	});

	test('ends, however narrow it is', () => {
		expect(wrap('日本', 1)).toEqual(['日', '本']);
		expect(wrap('ab', 0)).toEqual(['a', 'b']);
	});
});

test('ASCII takes as many columns', () => {
	expect(toAscii('web → 10.0.0.1 … “ok”')).toBe('web > 10.0.0.1 ~ "ok"');
	expect(toAscii('日本 é')).toBe('???? ?');
});

test('a share never says 0 or 100 of something between', () => {
	expect([0, 0.001, 0.333, 0.5, 0.999, 1].map(percent)).toEqual(['0%', '<1%', '33%', '50%', '>99%', '100%']);
});

test('words follow their number', () => {
	expect([plural(1, 'pod'), plural(0, 'pod'), plural(2, 'entry', 'entries')]).toEqual([
		'1 pod',
		'0 pods',
		'2 entries',
	]);
});

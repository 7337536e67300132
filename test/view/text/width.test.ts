import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {unicodeGlyphs} from '../../../source/view/text/glyphs.ts';
import {oneColumnEach} from '../../../source/view/text/width.ts';

const alone = Array.from({length: 0x1_00_00}, (_, code) => String.fromCharCode(code)).filter((character) =>
	oneColumnEach.test(character),
);

test('what counts as one column is one column wide, alone and beside each other', () => {
	expect(alone.filter((character) => stringWidth(character) !== 1)).toEqual([]);
	expect(stringWidth(alone.join(''))).toBe(alone.length);
	expect(stringWidth(alone.toReversed().join(''))).toBe(alone.length);
});

test('every sign of the screen is one of them', () => {
	const {ascii: _, spinner: __, border: ___, ...signs} = unicodeGlyphs;
	const texts = JSON.stringify(signs, (_key, value: unknown) => value);
	expect(texts).toMatch(oneColumnEach);
});

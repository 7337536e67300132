import {expect, test} from 'vitest';
import {safe, safeLines} from '../../../source/model/safe-text/safe.ts';

/** Everything a terminal could act on, or that would make text look like other text. */
const payloads: ReadonlyArray<readonly [string, string]> = [
	['\u001B[31mred', '^[[31mred'],
	['\u001B[8mconceal', '^[[8mconceal'],
	['\u001B]0;title\u0007', '^[]0;title^G'],
	['\u001B]8;;http://example.com\u001B\\link', '^[]8;;http://example.com^[\\link'],
	['\u001B]52;c;AAAA\u0007', '^[]52;c;AAAA^G'],
	['\u001BP1$r\u001B\\', '^[P1$r^[\\'],
	['\u001B_apc\u001B\\', '^[_apc^[\\'],
	['\u009B31m', '<U+009B>31m'],
	['\u0090q', '<U+0090>q'],
	['\u009D0;t', '<U+009D>0;t'],
	['bell\u0007', 'bell^G'],
	['back\b\b\b', 'back^H^H^H'],
	['real\rfake', 'real^Mfake'],
	['nul\u0000', 'nul^@'],
	['del\u007F', 'del<U+007F>'],
	['line\nbreak', 'line⏎break'],
	['tab\there', 'tab here'],
	['\u202Ertl', '<U+202E>rtl'],
	['\u2066isolate\u2069', '<U+2066>isolate<U+2069>'],
	['zero\u200Bwidth', 'zero<U+200B>width'],
	['join\u200Der', 'join<U+200D>er'],
	['\uFEFFbom', '<U+FEFF>bom'],
	['soft\u00ADhyphen', 'soft<U+00AD>hyphen'],
	['line\u2028separator', 'line<U+2028>separator'],
	['tag\u{E0041}', 'tag<U+E0041>'],
	['tag\u{E0001}', 'tag<U+E0001>'],
	['joiner\u034F', 'joiner<U+034F>'],
	['filler\u115F\u1160\u3164\uFFA0', 'filler<U+115F><U+1160><U+3164><U+FFA0>'],
	['unassigned\u2065', 'unassigned<U+2065>'],
	['music\u{1D173}\u{1D17A}', 'music<U+1D173><U+1D17A>'],
	['variant\uFE00\uFE0F\u{E0100}\u{E01EF}', 'variant<U+FE00><U+FE0F><U+E0100><U+E01EF>'],
	['khmer\u17B4\u17B5', 'khmer<U+17B4><U+17B5>'],
	['mongolian\u180B\u180F', 'mongolian<U+180B><U+180F>'],
	['shorthand\u{1BCA0}', 'shorthand<U+1BCA0>'],
	['blank\u2800', 'blank<U+2800>'],
	['lone\uD800surrogate', 'lone<U+D800>surrogate'],
];

test.each(payloads)('shows %j as visible text', (payload, expected) => {
	expect(safe(payload)).toBe(expected);
});

test('leaves ordinary text of any script as it is', () => {
	const text = 'api-7d9f-x2 ürün 东京 العربية ✓ 🚀';
	expect(safe(text)).toBe(text);
});

test('keeps the lines of a document, and makes each safe', () => {
	expect(safeLines('a\r\nb\u001B[2J\n')).toBe('a\nb^[[2J\n');
});

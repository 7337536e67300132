import {RE2JS} from 're2js';
import {expect, test} from 'vitest';
import {regexSize} from '../../../source/rules/regex/regex-size.ts';

test.each([
	'/foo/(bar|baz)/?',
	'a{2,3}',
	'a{2,}b*c+?',
	'([a-z]{0,90}){10}',
	'((a|b){3}){4,5}',
	'(|)(){2}',
	'x{1,30}(?i){10}',
	'a+(?i){1,30}',
	String.raw`\Qa{1000}\E{3}`,
	String.raw`[^]{3}]{4}\pL{5}\x{41}{6}`,
	'[[:alpha:]\\]]{7}',
	'{03}]{7',
])('the size of %j is not less than what it compiles to', (pattern) => {
	const real = RE2JS.compile(pattern).programSize();
	// A program begins and ends with one instruction each, and has one for nothing at all.
	expect(regexSize(pattern) + 3).toBeGreaterThanOrEqual(real);
	expect(regexSize(pattern)).toBeLessThan(3 * real + 10);
});

test('the size of repeats in each other is their product, found at once', () => {
	expect(regexSize('(((a{1000}){1000}){1000}){1000}')).toBeGreaterThan(1e12);
	expect(regexSize('['.repeat(2000))).toBe(2000);
});

import {describe, expect, test} from 'vitest';
import {captureRegex, testRegex} from '../../../source/rules/regex/regex.ts';

const whole = (pattern: string, text: string) => testRegex(pattern, text, {whole: true});
const part = (pattern: string, text: string) => testRegex(pattern, text, {whole: false});

test.each([
	['/foo/(bar|baz)/?', '/foo/baz/', 'matches'],
	[String.raw`/v\d+/.*`, '/v12/x', 'matches'],
	[String.raw`/v\d+/.*`, '/vx/x', 'differs'],
	['/a{2,3}', '/aaa', 'matches'],
	['/a{2,3}', '/aaaa', 'differs'],
	['/a{2}', '/aa', 'matches'],
	['/a{2,}', '/aaaaa', 'matches'],
	['[^/]+', 'a/b', 'differs'],
	['[a-c]x', 'bx', 'matches'],
	[String.raw`[\d-]+`, '1-2', 'matches'],
	['(?i)/ABC[x-z]', '/abcY', 'matches'],
	['(?:a|b)+?c', 'abac', 'matches'],
	['(?P<name>a)', 'a', 'matches'],
	[String.raw`\Afoo\b\z`, 'foo', 'matches'],
	[String.raw`a\.b`, 'a.b', 'matches'],
	[String.raw`a\.b`, 'axb', 'differs'],
	['^/x$', '/x', 'matches'],
	['', '', 'matches'],
])('%j on %j: %s', (pattern, text, expected) => {
	expect(whole(pattern, text)).toBe(expected);
});

test('finds a part of the text where the whole is not asked for', () => {
	expect(part('/re/[0-9]+', '/x/re/12/y')).toBe('matches');
	expect(part('^/re', '/x/re')).toBe('differs');
	expect(part(String.raw`a\Bb`, 'xaby')).toBe('matches');
});

describe('what RE2 does not have is invalid', () => {
	test.each([
		'(?=x)',
		'(?<!x)y',
		String.raw`(a)\1`,
		'[a-',
		'a**',
		'(',
		'a)',
		'*',
		'[z-a]',
		'a{3,2}',
		'a{1001}',
		'\\',
	])('%j', (pattern) => {
		expect(whole(pattern, pattern)).toBe('invalid');
	});
});

test('does not explode on patterns that make backtracking engines hang', () => {
	expect(whole('(a+)+b', 'a'.repeat(5000))).toBe('differs');
	expect(whole('(a|aa)*c', 'a'.repeat(5000))).toBe('differs');
});

describe('what would cost more than it is worth is invalid', () => {
	test.each([
		['repeats in each other', '((a{1,100}){1,100}){1,100}', 'a'],
		['repeats of nothing', '/((((){1000}){1000}){1000}){1000}', '/'],
		['a long pattern', 'a?'.repeat(1025), 'a'],
		['a large pattern on a long text', '[a-z]{1000}', 'a'.repeat(4001)],
	])('%s', (_, pattern, text) => {
		expect(whole(pattern, text)).toBe('invalid');
		expect(captureRegex(pattern, text)).toBe('invalid');
	});

	test('a thousand groups that are all asked for', () => {
		const groups = '(a?)'.repeat(500);
		expect(part(groups, 'a'.repeat(500))).toBe('matches');
		expect(captureRegex(groups, 'a'.repeat(500))).toBe('invalid');
	});
});

test('gives the groups of the first match, and nothing for one that took no part', () => {
	expect(captureRegex('/(x)|/(y+)', 'a/yy')).toEqual(['/yy', '', 'yy']);
	expect(captureRegex('(?i)/A(.*)', '/abc')).toEqual(['/abc', 'bc']);
	expect(captureRegex('x', 'y')).toBeUndefined();
});

test('keeps what it compiled within bounds, and compiles again what it dropped', () => {
	for (let each = 0; each < 30; each++) {
		expect(whole(`a{${900 + each}}`, 'a')).toBe('differs');
	}

	for (let each = 0; each < 30; each++) {
		expect(whole(`a{${900 + each}}`, 'a'.repeat(900 + each))).toBe('matches');
	}
});

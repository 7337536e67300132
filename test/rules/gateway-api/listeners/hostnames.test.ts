import {describe, expect, test} from 'vitest';
import {
	bestHostname,
	compareHostnames,
	intersectHostnames,
	matchesHostname,
} from '../../../../source/rules/gateway-api/listeners/hostnames.ts';
import {plainHost} from '../../../../source/rules/host-match.ts';

describe('matchesHostname', () => {
	test.each([
		['example.com', 'example.com', true],
		['example.com', 'EXAMPLE.com.', true],
		['*.example.com', 'a.example.com', true],
		['*.example.com', 'a.b.example.com', true],
		['*.example.com', 'example.com', false],
		['*.example.com', 'badexample.com', false],
		['', 'anything', true],
		['example.com', '', false],
		['*.example.com', '', false],
	])('%j takes %j: %j', (pattern, host, expected) => {
		expect(matchesHostname(pattern, host)).toBe(expected);
	});
});

test('ignores the port of a Host header', () => {
	expect(plainHost('Very.Specific.com:1234')).toBe('very.specific.com');
});

describe('intersectHostnames', () => {
	test('takes the narrower of each pair', () => {
		expect(
			intersectHostnames('*.example.com', ['a.example.com', '*.b.example.com', 'c.example.net']),
		).toEqual(['a.example.com', '*.b.example.com']);
	});

	test('keeps the hostname of the listener inside a wider wildcard', () => {
		expect(intersectHostnames('test.example.com', ['*.example.com'])).toEqual(['test.example.com']);
	});

	test('takes the other side where one names no host', () => {
		expect(intersectHostnames('', ['a.example.com'])).toEqual(['a.example.com']);
		expect(intersectHostnames('a.example.com', [])).toEqual(['a.example.com']);
		expect(intersectHostnames('', [])).toEqual(['']);
	});

	test('is empty where nothing fits', () => {
		expect(intersectHostnames('*.example.com', ['example.com', 'a.example.net'])).toEqual([]);
	});
});

test('sorts exact names before longer and shorter wildcards and every host', () => {
	expect(['', '*.com', 'a.com', '*.b.example.com', 'long.example.com'].toSorted(compareHostnames)).toEqual([
		'long.example.com',
		'a.com',
		'*.b.example.com',
		'*.com',
		'',
	]);
});

test('chooses the most specific hostname that takes a host', () => {
	expect(bestHostname(['*.com', '*.example.com', ''], 'a.example.com')).toBe('*.example.com');
	expect(bestHostname(['*.org'], 'a.example.com')).toBeUndefined();
});

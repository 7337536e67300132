import {describe, expect, it} from 'vitest';
import {parseRequestTimeout} from '../../../source/cluster/kubeconfig/go-duration.ts';

describe('parseRequestTimeout', () => {
	it.each([
		['0', 0],
		['30', 30_000],
		['1s', 1000],
		['1m30s', 90_000],
		['1.5h', 5_400_000],
		['250ms', 250],
		['.5s', 500],
		['2.m', 120_000],
		['+3s', 3000],
		['597h', 2_149_200_000],
		['9999999h', 35_999_996_400_000],
		['100µs', 0.1],
		['100μs', 0.1],
		['1h0m0s', 3_600_000],
	])('reads %s as %i ms', (text, milliseconds) => {
		expect(parseRequestTimeout(text)).toBe(milliseconds);
	});

	it.each(['', 'soon', '-1s', '5x', '1s 2m', '10 s'])('refuses %j', (text) => {
		expect(() => parseRequestTimeout(text)).toThrow(`--request-timeout ${text} is not a duration.`);
	});
});

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
	])('reads %s as %i ms', (text, milliseconds) => {
		expect(parseRequestTimeout(text)).toBe(milliseconds);
	});

	it.each(['', 'soon', '-1s', '5x', '1s 2m', '10 s'])('refuses %j', (text) => {
		expect(() => parseRequestTimeout(text)).toThrow(
			`--request-timeout ${text}: expected seconds or a duration, as 30s or 1m30s`,
		);
	});
});

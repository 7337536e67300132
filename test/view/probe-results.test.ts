import {describe, expect, test} from 'vitest';
import type {Hop} from '../../source/path/hop.ts';
import {answerSeen} from '../../source/view/probe-results.ts';

function podsWith(...results: readonly string[]): readonly Hop[] {
	const observed = results.map((result, at) => ({
		what: 'http web-1:8080',
		vantage: 'the API server',
		result,
		at,
	}));
	const details = {kind: 'pods', pods: [], observed} as const;
	return [{kind: 'pods', details} as unknown as Hop];
}

const unreached =
	'HTTP 503 error trying to reach service: dial tcp 10.244.1.45:8081: connect: connection refused';

describe('the answer that was seen', () => {
	test('is that of the pods', () => {
		expect(answerSeen(podsWith('HTTP 200', 'HTTP 503 busy', 'HTTP 503'))).toEqual({
			text: '503',
			times: 2,
			at: 2,
		});
	});

	test('is none from before an object of the path changed', () => {
		const hops = podsWith('HTTP 502', 'HTTP 502', 'HTTP 200');
		expect(answerSeen(hops, 2)).toEqual({text: '200', times: 1, at: 2});
		expect(answerSeen(hops, 3)).toBeUndefined();
	});

	test('is no error of the API server, which did not reach the pod', () => {
		expect(answerSeen(podsWith(unreached, unreached))).toBeUndefined();
		expect(answerSeen(podsWith('HTTP 200', unreached))?.text).toBe('200');
	});
});

import {expect, test} from 'vitest';
import {scenarios} from '../../source/demo/scenarios.ts';

test('the demo has twelve scenarios, each with its own name and question', () => {
	expect(new Set(scenarios.map(({name}) => name)).size).toBe(12);
	expect(new Set(scenarios.map(({question}) => question)).size).toBe(12);
	expect(scenarios.filter(({question}) => !question.endsWith('?'))).toEqual([]);
});

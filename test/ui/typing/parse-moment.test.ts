import {expect, test} from 'vitest';
import {parseMoment} from '../../../source/ui/typing/parse-moment.ts';

const shown = new Date(2026, 2, 14, 0, 10).getTime();

test.each([
	['0:05', new Date(2026, 2, 14, 0, 5)],
	['00:05:30', new Date(2026, 2, 14, 0, 5, 30)],
	['23:50', new Date(2026, 2, 13, 23, 50)],
	['-5m', new Date(2026, 2, 14, 0, 5)],
	['+30s', new Date(2026, 2, 14, 0, 10, 30)],
	['2026-03-14T00:00:00Z', new Date(Date.UTC(2026, 2, 14))],
])('%s is a moment near the one that is shown', (text, date) => {
	expect(parseMoment(text, shown)).toBe(date.getTime());
});

test.each(['', '24:00', '5', 'noon', '-5', '12:60'])('%j is none', (text) => {
	expect(parseMoment(text, shown)).toBeUndefined();
});

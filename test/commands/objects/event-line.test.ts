import {afterEach, expect, test} from 'vitest';
import {eventLine} from '../../../source/commands/objects/object-text.ts';

afterEach(() => {
	process.env['TZ'] = 'UTC';
});

const event = {
	type: 'Warning',
	reason: 'Unhealthy',
	count: 3,
	lastTimestamp: '2026-11-26T02:31:00Z',
	message: 'Readiness probe failed\u001B[2J',
};

test.each([
	['UTC', '11-26 02:31:00  Warning  Unhealthy (3 times)  Readiness probe failed^[[2J'],
	['America/New_York', '11-25 21:31:00  Warning  Unhealthy (3 times)  Readiness probe failed^[[2J'],
])('an event tells its time by the clock of the screen: %s', (zone, line) => {
	process.env['TZ'] = zone;
	expect(eventLine(event)).toBe(line);
});

test('an event without a time has none', () => {
	expect(eventLine({...event, lastTimestamp: null})).toMatch(/^ {2}Warning/);
});

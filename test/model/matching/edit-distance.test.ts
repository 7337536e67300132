import {expect, test} from 'vitest';
import {editDistance} from '../../../source/model/matching/edit-distance.ts';

test.each([
	['', '', 0],
	['web', '', 3],
	['web', 'web', 0],
	['web', 'wb', 1],
	['web', 'weeb', 1],
	['web', 'wib', 1],
	['wbe', 'web', 1],
	['wbe', 'db', 2],
	['example.com', 'exmaple.con', 2],
])('%s and %s are %i apart', (a, b, distance) => {
	expect(editDistance(a, b)).toBe(distance);
	expect(editDistance(b, a)).toBe(distance);
});

import {expect, test} from 'vitest';
import {hides} from '../../../source/path/route/hides.ts';

const host = 'app.example.com';

test.each([
	['the same path', {host, value: '/'}, {host, value: '/'}, true],
	['a narrower path', {host, value: '/*'}, {host, value: '/teapot*'}, true],
	['a broader path', {host, value: '/admin'}, {host, value: '/'}, false],
	['a broader pattern', {host, value: '/admin*'}, {host, value: '/*'}, false],
	['every path', {host, value: '/admin'}, {host}, false],
	['a path beside a regular expression', {host, pathType: 'regex', value: '.*'}, {host, value: '/'}, true],
	['any host', {host, value: '/'}, {host: '', value: '/'}, false],
	['a wildcard', {host, value: '/'}, {host: '*.example.com', value: '/'}, false],
	['a host beside a wildcard', {host: '*.example.com', value: '/'}, {host, value: '/'}, true],
	['a host beside any', {host: '', value: '/'}, {host, value: '/'}, true],
])('a rule may hide %s', (_, winner, loser, expected) => {
	expect(hides(winner, loser)).toBe(expected);
});

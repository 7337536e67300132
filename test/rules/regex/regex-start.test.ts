import {expect, test} from 'vitest';
import {regexStart} from '../../../source/rules/regex/regex-start.ts';

test.each([
	['/api/v1', '/api/v1'],
	['^/api/.*', '/api/'],
	['/apis?/x', '/api'],
	['/a{0,1}b', '/'],
	['/x+', '/'],
	['/a(b|c)', ''],
	['/a|/b', ''],
	['(?i)/A', ''],
	[String.raw`/a\.b`, '/a'],
	['*', ''],
	['/$', '/'],
	['', ''],
])('all that %j takes begins with %j', (pattern, start) => {
	expect(regexStart(pattern)).toBe(start);
});

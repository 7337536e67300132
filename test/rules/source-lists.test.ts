import {expect, test} from 'vitest';
import {parseIp} from '../../source/model/matching/ip.ts';
import {admittedText, letsIn} from '../../source/rules/source-lists.ts';

const by = 'annotation allow-list';

test.each([
	[{allowed: '10.0.0.0/8'}, 'annotation allow-list lets in only 10.0.0.0/8; others get 403'],
	[{denied: '10.1.0.0/16'}, 'annotation allow-list keeps out 10.1.0.0/16 with 403'],
	[
		{allowed: '10.0.0.0/8', denied: '10.1.0.0/16'},
		'annotation allow-list lets in only 10.0.0.0/8 and keeps out 10.1.0.0/16; others get 403',
	],
	[
		{allowed: '10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4'},
		'annotation allow-list lets in only 10.0.0.1, 10.0.0.2, 10.0.0.3 and 1 more; others get 403',
	],
])('%j is told in words', (lists, text) => {
	expect(admittedText({by, ...lists})).toBe(text);
});

test.each([
	[{allowed: '10.0.0.0/8'}, '10.1.2.3', true],
	[{allowed: '10.0.0.0/8'}, '192.0.2.1', false],
	[{denied: '10.0.0.0/8'}, '192.0.2.1', true],
	[{allowed: '10.0.0.0/8', denied: '10.1.0.0/16'}, '10.1.2.3', false],
	[{allowed: '10.0.0.0/8,!10.1.0.0/16'}, '10.1.2.3', false],
	[{allowed: '!10.1.0.0/16'}, '192.0.2.1', true],
])('%j and a client at %s: let in is %s', (lists, client, isLetIn) => {
	expect(letsIn({by, ...lists}, parseIp(client)!)).toBe(isLetIn);
});

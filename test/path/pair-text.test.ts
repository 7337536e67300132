import {expect, test} from 'vitest';
import {parsePair} from '../../source/path/pair-text.ts';

test('a header of HTTP/2 begins with a colon', () => {
	expect(parsePair(':authority: app.example.com', 'header')).toEqual({
		value: {name: ':authority', value: 'app.example.com'},
	});
	expect(parsePair('Host: app.example.com', 'header')).toEqual({
		value: {name: 'Host', value: 'app.example.com'},
	});
	expect(parsePair('Host', 'header')).toHaveProperty('problem');
});

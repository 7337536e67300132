import {expect, test} from 'vitest';
import {testRegex} from '../../../source/rules/regex/regex.ts';
import {sampleText} from '../../../source/rules/regex/sample-text.ts';

test.each([
	['/reweb(/|$)(.*)', '/reweb/'],
	['/coffee/[A-Z0-9]{3}', '/coffee/111'],
	['/v\\d+/items', '/v1/items'],
	['^/(?P<tenant>[a-z]+)/(?:api|web)/?$', '/a/api'],
	['/files/[^/]+\\.(png|jpe?g)', '/files/a.png'],
	['/[[:alpha:]_-]{2,}', '/aa'],
	['', ''],
	['/a{120}', `/${'a'.repeat(120)}`],
])('%s takes %s', (pattern, text) => {
	expect(sampleText(pattern)).toBe(text);
	expect(testRegex(pattern, text, {whole: true})).toBe('matches');
});

test.each(['/v(?=x)', '/v(', '/*+', `/${'a'.repeat(600)}`])('no text is made of %s', (pattern) => {
	expect(sampleText(pattern)).toBeUndefined();
});

test.each([
	['groups that repeat groups', '((((/a{100}){100}){100}){100}){100}'],
	['a number of 400 digits', `/a{${'9'.repeat(400)}}`],
	['an empty group with such a number', `(){${'9'.repeat(400)}}/a{2001}`],
])('no text longer than a request is made of %s', (_, pattern) => {
	expect(sampleText(pattern)).toBeUndefined();
});

test('no text is made of a pattern that takes too long to compile: whoever has a text tests it', () => {
	expect(sampleText('/([a-z]{0,900})([a-z]{0,900})x')).toBeUndefined();
	expect(sampleText('/([a-z]{0,253})/x')).toBe('//x');
});

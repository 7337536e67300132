import {expect, test} from 'vitest';
import {requestText} from '../../source/path/route/request-text.ts';
import {parseTarget} from '../../source/path/target-text.ts';

test.each([
	['http://a.example.com/?token=c4n4ry&page=2', 'http://a.example.com/?token=(hidden)&page=2'],
	[
		'http://a.example.com/?page=2&X-Amz-Signature=c4n4ry',
		'http://a.example.com/?page=2&X-Amz-Signature=(hidden)',
	],
	['http://a.example.com/?version=v2', 'http://a.example.com/?version=v2'],
])('%s is printed as %s, and asked as it is', (text, printed) => {
	const parsed = parseTarget(text);
	if (!('value' in parsed) || parsed.value.kind !== 'url') {
		throw new Error('no URL');
	}

	const {request} = parsed.value;
	expect(parsed.value.text).toBe(printed);
	expect(requestText(request, request.host)).toBe(printed);
	expect(request.query.map(({value}) => value)).toContain(text.split('=').at(-1));
});

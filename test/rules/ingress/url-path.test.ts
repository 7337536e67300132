import {expect, test} from 'vitest';
import {envoyPath, envoyPathWithSlashes} from '../../../source/rules/ingress/url-path.ts';

test.each([
	['/', '/', '/'],
	['//', '//', '//'],
	['/foo', '/foo', '/foo'],
	['/foo/', '/foo/', '/foo/'],
	['//foo', '/foo', '//foo'],
	['/foo//bar', '/foo/bar', '/foo//bar'],
	['/%66oo', '/foo', '/foo'],
	['/./foo', '/foo', '/foo'],
	['/x/../foo', '/foo', '/foo'],
	['/foo/..', '/', '/'],
	['/foo%2Fbar', '/foo%2Fbar', '/foo%2Fbar'],
	['/FOO', '/FOO', '/FOO'],
	['/foo\\bar', '/foo/bar', '/foo/bar'],
	['/é', '/%C3%A9', '/%C3%A9'],
	['/%C3%A9', '/%C3%A9', '/%C3%A9'],
	['/a|b', '/a%7Cb', '/a%7Cb'],
	['/\uD800', '/%EF%BF%BD', '/%EF%BF%BD'],
])('Envoy reads the path %s as %s where it merges slashes, else as %s', (urlPath, merged, kept) => {
	expect([envoyPath(urlPath), envoyPathWithSlashes(urlPath)]).toEqual([merged, kept]);
});

import {expect, test} from 'vitest';
import {backendsOf, codes, ingress, route} from '../../path/route/route-situation.ts';

// Each as a running HAProxy Ingress 0.14.0 answered.
const profile = 'haproxy-ingress';
const at = (path: string, scheme = 'http') => ({profile, url: `${scheme}://app.example.com${path}`}) as const;
const taken = (documents: readonly string[], path: string) => backendsOf(route(documents, at(path)));

test('a longer path of another type goes before a shorter one, and Exact before all', () => {
	const both = [ingress('i', ['/foo Prefix web', '/foo/ba ImplementationSpecific api'])];
	expect(taken(both, '/foo/bar')).toEqual(['api:80']);
	const three = [ingress('i', ['/foo/bar Exact web', '/foo/bar/ ImplementationSpecific api'])];
	expect(taken(three, '/foo/bar')).toEqual(['web:80']);
});

test('Prefix goes before ImplementationSpecific of one path, unless only that one has a shorter path of another type', () => {
	const plain = ['/foo ImplementationSpecific api', '/foo Prefix web'];
	expect(taken([ingress('i', plain)], '/foo')).toEqual(['web:80']);
	expect(taken([ingress('i', [...plain, '/f Prefix web'])], '/foo')).toEqual(['api:80']);
});

test('of one path, which of Prefix and ImplementationSpecific goes first is not defined where both have a shorter path of the other type', () => {
	const both = ['/foobar ImplementationSpecific api', '/ ImplementationSpecific web', '/f Prefix web'];
	const other = ingress('j', ['/foobar Prefix web']);
	expect(codes(route([ingress('i', both), other], at('/foobar')))).toEqual(['KNET405 warning']);
	expect(codes(route([ingress('i', both.slice(0, 1)), other], at('/foobar')))).toEqual([]);
});

test('ImplementationSpecific ignores case, Prefix does not', () => {
	expect(taken([ingress('i', ['/foo ImplementationSpecific api'])], '/FOOTER')).toEqual(['api:80']);
	expect(taken([ingress('i', ['/foo Prefix api'])], '/FOO')).toEqual([]);
});

test('Prefix of a wildcard host is the beginning of a text, its slash at the end counts, and a host by name goes first', () => {
	const wildcard = {host: '*.example.com'};
	expect(taken([ingress('i', ['/foo Prefix web'], wildcard)], '/foobar')).toEqual(['web:80']);
	expect(taken([ingress('i', ['/foo/ Prefix web'], wildcard)], '/foo')).toEqual([]);
	const named = [ingress('i', ['/foo/bar Prefix web'], wildcard), ingress('j', ['/ Prefix api'])];
	expect(taken(named, '/foo/bar')).toEqual(['api:80']);
});

test('a TLS entry of any Ingress for the host redirects its rules, with the query', () => {
	const other = ingress('tls', ['/x Prefix api'], {more: 'tls: [{hosts: [app.example.com]}]'});
	expect(route([ingress('i', ['/ Prefix web']), other], at('/y')).hop.details?.changes).toEqual([
		'redirects to https://app.example.com/y (302)',
	]);
});

test('https looks at hosts with a TLS entry alone, and says which is missing (KNET416)', () => {
	const wildcard = ingress('i', ['/ Prefix web'], {host: '*.example.com'});
	const other = ingress('tls', ['/x Prefix api'], {more: 'tls: [{hosts: [app.example.com]}]'});
	expect(codes(route([wildcard, other], at('/y', 'https')))).toEqual(['KNET416 error']);
	expect(backendsOf(route([wildcard, other], at('/x', 'https')))).toEqual(['api:80']);
});

test('ssl-passthrough sends https of any path to the backend of /, without a TLS entry', () => {
	const options = {annotations: '{haproxy-ingress.github.io/ssl-passthrough: "true"}'};
	const both = [ingress('i', ['/ Prefix web', '/x Prefix api'], options)];
	const passed = route(both, at('/x', 'https'));
	expect([backendsOf(passed), passed.passes, codes(passed)]).toEqual([['web:80'], 'tls', []]);
	expect(route(both, at('/')).hop.details?.changes).toEqual(['redirects to https://app.example.com/ (302)']);
	const without = route([ingress('i', ['/x Prefix api'], options)], at('/x', 'https'));
	expect([without.passes, codes(without)]).toEqual([undefined, ['KNET416 error']]);
});

test('a path with a blank leads to no backend, and takes what begins as it does up to the blank', () => {
	const blank = ingress('i', [String.raw`/a\x20b ImplementationSpecific api`, '/ Prefix web']);
	expect(codes(route([blank], at('/a%20b')))).toEqual(['KNET401 error']);
	expect(taken([blank], '/ab')).toEqual([]);
	expect(taken([blank], '/b')).toEqual(['web:80']);
	expect(taken([ingress('i', [String.raw`/a\x20 ImplementationSpecific api`])], '/ab')).toEqual(['api:80']);
});

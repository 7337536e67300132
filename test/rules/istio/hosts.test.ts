import {expect, test} from 'vitest';
import {
	domainFit,
	fullName,
	gatewayName,
	hostsForNamespace,
	intersection,
} from '../../../source/rules/istio/hosts.ts';

// Tables of istio/istio of 2026-08-22: pkg/config/host/names_test.go, pilot/pkg/model/config_test.go, virtualservice_test.go.

test.each([
	[['foo.com', 'bar.com'], ['*.com'], ['foo.com', 'bar.com']],
	[['foo.com', 'bar.com'], ['bar.net'], []],
	[
		['foo.com', '*.net'],
		['*.com', 'bar.net'],
		['foo.com', 'bar.net'],
	],
	[['foo.com', '*.net'], ['*.bar.net'], ['*.bar.net']],
	[['foo.com'], ['bar.com'], []],
	[[], ['bar.com'], []],
	[['*,com'], [], []],
	[['*'], ['foo.com', '*.bar'], ['foo.com', '*.bar']],
])('of %j and %j the narrower are %j', (hosts, others, expected) => {
	expect(intersection(hosts, others)).toEqual(expected);
});

test.each([
	[['ns1/foo.com', 'ns2/bar.com'], 'ns1', ['foo.com']],
	[['ns1/foo.com', 'ns2/bar.com'], 'ns3', []],
	[['ns1/foo.com', '*/bar.com'], 'ns1', ['foo.com', 'bar.com']],
	[['ns1/foo.com', '*/bar.com'], 'ns3', ['bar.com']],
	[['foo.com', 'ns2/bar.com'], 'ns2', ['foo.com', 'bar.com']],
	[['foo.com', 'ns2/bar.com'], 'ns3', ['foo.com']],
	[['./foo.com'], 'own', ['foo.com']],
	[['./foo.com'], 'ns1', []],
])('of %j those for namespace %s are %j', (hosts, namespace, expected) => {
	expect(hostsForNamespace(hosts, {own: 'own', namespace})).toEqual(expected);
});

test.each([
	['gateway', 'ns/gateway'],
	['gateway.other', 'other/gateway'],
	['gateway.other.svc.cluster.local', 'other/gateway'],
	['other/gateway', 'other/gateway'],
	['./gateway', 'ns/gateway'],
	['mesh', 'mesh'],
])('a VirtualService of ns names %s: %s', (name, expected) => {
	expect(gatewayName(name, 'ns')).toBe(expected);
});

test.each([
	['reviews', 'reviews.ns.svc.cluster.local'],
	['reviews.other', 'reviews.other'],
	['*', '*'],
	['*.com', '*.com'],
	['10.0.0.1', '10.0.0.1'],
	['2001:db8::1', '2001:db8::1'],
])('%s is %s', (host, expected) => {
	expect(fullName(host, {namespace: 'ns', domain: 'cluster.local'})).toBe(expected);
});

test('Envoy takes a name before the longest wildcard, and a wildcard never for nothing', () => {
	const domains = ['*', '*.com', '*.foo.com', 'a.foo.com'];
	const best = (host: string) =>
		domains
			.toSorted((a, b) => domainFit(b, host) - domainFit(a, host))
			.find((each) => domainFit(each, host) > 0);
	expect(best('a.foo.com')).toBe('a.foo.com');
	expect(best('b.foo.com')).toBe('*.foo.com');
	expect(best('c.b.foo.com')).toBe('*.foo.com');
	expect(best('foo.com')).toBe('*.com');
	expect(best('foo.net')).toBe('*');
});

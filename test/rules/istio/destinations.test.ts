import {expect, test} from 'vitest';
import {resolve, type Resolved} from '../../../source/rules/istio/destinations.ts';
import {objects} from './objects.ts';

// istio/istio of 2026-08-22: pilot/pkg/model/push_context_test.go (TestSetDestinationRule…), networking/core/route/route_test.go.

const services = objects(
	'Service',
	`
kind: Service
metadata: {name: one, namespace: shop}
spec: {ports: [{port: 8080}]}
---
kind: Service
metadata: {name: two, namespace: shop}
spec: {ports: [{name: http, port: 80}, {name: admin, port: 9000}]}
---
kind: Service
metadata: {name: alias, namespace: shop}
spec: {type: ExternalName, externalName: one.shop.svc.cluster.local, ports: [{port: 8080}]}
---
kind: Service
metadata: {name: away, namespace: shop}
spec: {type: ExternalName, externalName: example.com, ports: [{port: 80}]}
`,
);

function rule(
	spec: string,
	{name = 'rule', namespace = 'shop', createdAt = '2020-01-01T00:00:00Z'} = {},
): string {
	return `---
kind: DestinationRule
metadata: {name: ${name}, namespace: ${namespace}, creationTimestamp: '${createdAt}'}
spec: ${spec}
`;
}

function to(destination: string, rules = '', {serverPort = 80} = {}): string {
	const [vs] = objects(
		'VirtualService',
		`{kind: VirtualService, spec: {http: [{route: [{destination: ${destination}}]}]}}`,
	);
	const registry = {
		domain: 'cluster.local',
		service: (namespace: string, name: string) =>
			services.find((each) => each.namespace === namespace && each.name === name),
		rules: rules === '' ? [] : objects('DestinationRule', rules),
		namespace: 'infra',
		labels: {istio: 'gw'},
		rootNamespace: 'istio-system',
	};
	return text(resolve(vs!.http[0]!.route[0]!, {from: 'shop', serverPort, registry}));
}

function text(found: Resolved): string {
	switch (found.type) {
		case 'service': {
			const labels = found.subset ? ` ${JSON.stringify(found.subset.labels)}` : '';
			return `${found.service.name}:${found.port}${labels}${found.tls ? ` ${found.tls.mode}` : ''}`;
		}

		case 'missing':
			return `no ${found.what} ${found.host}:${found.port}`;
		case 'other-host':
			return `host ${found.host}:${found.port}`;
	}
}

test.each([
	['{host: one}', 'one:8080'],
	['{host: one.shop.svc.cluster.local}', 'one:8080'],
	['{host: ONE}', 'one:8080'],
	['{host: one, port: {number: 8080}}', 'one:8080'],
	['{host: one, port: {number: 80}}', 'no port one.shop.svc.cluster.local:80'],
	['{host: two}', 'two:80'],
	['{host: two, port: {number: 9000}}', 'two:9000'],
	['{host: alias}', 'one:8080'],
	['{host: alias, port: {number: 80}}', 'no port one.shop.svc.cluster.local:80'],
	['{host: away}', 'host example.com:80'],
	['{host: none}', 'no service none.shop.svc.cluster.local:80'],
	['{host: one.other.svc.cluster.local}', 'no service one.other.svc.cluster.local:80'],
	['{host: one.shop}', 'host one.shop:80'],
	['{host: one.shop.svc}', 'host one.shop.svc:80'],
	['{host: example.com, port: {number: 443}}', 'host example.com:443'],
])('%s leads to %s', (destination, expected) => {
	expect(to(destination)).toBe(expected);
});

test('without a port, a Service of several has that of the server', () => {
	expect(to('{host: two}', '', {serverPort: 9000})).toBe('two:9000');
	expect(to('{host: two}', '', {serverPort: 443})).toBe('no port two.shop.svc.cluster.local:443');
});

const v1 = '{host: one, subsets: [{name: v1, labels: {version: v1}}]}';

test('a subset is one of the DestinationRules of the host', () => {
	const destination = '{host: one, subset: v1}';
	expect(to(destination)).toBe('no subset one.shop.svc.cluster.local:8080');
	expect(to(destination, rule(v1))).toBe('one:8080 {"version":"v1"}');
	expect(to(destination, rule(v1.replace('host: one', 'host: two')))).toBe(
		'no subset one.shop.svc.cluster.local:8080',
	);
	expect(to(destination, rule(v1, {namespace: 'other'}))).toBe('no subset one.shop.svc.cluster.local:8080');
	expect(to(destination, rule(v1.replace('host: one', "exportTo: ['.'], host: one")))).toBe(
		'no subset one.shop.svc.cluster.local:8080',
	);
});

test('rules of one host in one namespace are one, and a name counts before a wildcard', () => {
	const v2 = v1.replaceAll('v1', 'v2');
	const both = rule(v1) + rule(v2, {name: 'second'});
	expect(to('{host: one, subset: v2}', both)).toBe('one:8080 {"version":"v2"}');
	const wide = v2.replace('host: one', "host: '*.shop.svc.cluster.local'");
	expect(to('{host: one, subset: v2}', rule(v1) + rule(wide, {name: 'wide'}))).toBe(
		'no subset one.shop.svc.cluster.local:8080',
	);
	expect(to('{host: one, subset: v2}', rule(wide, {name: 'wide'}))).toBe('one:8080 {"version":"v2"}');
});

test('the rules of the proxy’s namespace come before those of the Service’s, and those of the root namespace last', () => {
	const full = v1.replace('host: one', 'host: one.shop.svc.cluster.local');
	const other = full.replaceAll('v1', 'v9');
	expect(to('{host: one, subset: v1}', rule(v1) + rule(other, {namespace: 'infra'}))).toBe(
		'no subset one.shop.svc.cluster.local:8080',
	);
	expect(to('{host: one, subset: v9}', rule(other, {namespace: 'istio-system'}))).toBe(
		'one:8080 {"version":"v9"}',
	);
});

test('a rule says what is spoken to the pods: the subset before the port, the port before the whole', () => {
	const policy = (more: string) => rule(`{host: one, trafficPolicy: {tls: {mode: SIMPLE}${more}}}`);
	expect(to('{host: one}', policy(''))).toBe('one:8080 SIMPLE');
	expect(
		to('{host: one}', policy(', portLevelSettings: [{port: {number: 8080}, tls: {mode: DISABLE}}]')),
	).toBe('one:8080');
	const subset = rule(
		'{host: one, trafficPolicy: {tls: {mode: SIMPLE}}, subsets: [{name: v1, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}]}',
	);
	expect(to('{host: one, subset: v1}', subset)).toBe('one:8080 {} ISTIO_MUTUAL');
});

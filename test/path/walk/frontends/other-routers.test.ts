import {expect, test} from 'vitest';
import {parseTarget} from '../../../../source/path/target-text.ts';
import {walk} from '../../../../source/path/walk/walk.ts';
import {snapshotOf} from '../../../helpers/snapshot.ts';

/** Routers of which knet reads hosts and nothing else. */
const objects: Readonly<Record<string, string>> = {
	'KnativeIngress/shop/web': `{apiVersion: networking.internal.knative.dev/v1alpha1, kind: Ingress, spec: {rules: [{hosts: [app.example.com]}]}}`,
	'GlooVirtualService/shop/web': `{apiVersion: gateway.solo.io/v1, kind: VirtualService, spec: {virtualHost: {domains: [app.example.com]}}}`,
	'Mapping/shop/web': `{apiVersion: getambassador.io/v3alpha1, kind: Mapping, spec: {hostname: app.example.com, prefix: /, service: web}}`,
	'TCPIngress/shop/web': `{apiVersion: configuration.konghq.com/v1beta1, kind: TCPIngress, spec: {rules: [{host: app.example.com, port: 443}]}}`,
	'VirtualServer/shop/web': `{apiVersion: k8s.nginx.org/v1, kind: VirtualServer, spec: {host: app.example.com}}`,
	'TransportServer/shop/web': `{apiVersion: k8s.nginx.org/v1, kind: TransportServer, spec: {host: app.example.com, listener: {name: tls-passthrough, protocol: TLS_PASSTHROUGH}}}`,
	'RouteGroup/shop/web': `{apiVersion: zalando.org/v1, kind: RouteGroup, spec: {hosts: [app.example.com]}}`,
	'ApisixRoute/shop/web': `{apiVersion: apisix.apache.org/v2, kind: ApisixRoute, spec: {http: [{match: {hosts: [app.example.com]}}]}}`,
};

test.each(Object.entries(objects))('%s is named, and what it does is unknown', (name, yaml) => {
	const parsed = parseTarget('http://app.example.com/');
	const snapshot = snapshotOf(yaml.replace(', spec:', ', metadata: {namespace: shop, name: web}, spec:'));
	if ('problem' in parsed) {
		throw new Error(parsed.problem);
	}

	const {verdict, paths} = walk(snapshot, {target: parsed.value});
	expect(verdict).toBe('unknown');
	const findings = paths.flatMap(({hops}) => hops.flatMap(({findings: found}) => found));
	expect(findings.map(({code}) => code)).toEqual(['KNET419']);
	expect(findings[0]?.message).toContain(name);
});

import {describe, expect, it} from 'vitest';
import {
	targetTypeOfIngress,
	targetTypeOfRoute,
} from '../../../source/rules/controllers/aws-load-balancer/target-type.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

const service = {namespace: 'shop', name: 'web'};

const configuration = (namespace: string, spec: string): string => `---
apiVersion: gateway.k8s.aws/v1beta1
kind: TargetGroupConfiguration
metadata: {name: targets, namespace: ${namespace}}
spec: ${spec}
`;

const route = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: site, namespace: shop}
spec: {}
`;

describe('targetTypeOfRoute', () => {
	it.each<[string, string, string | undefined]>([
		['no configuration at all', '', 'instance'],
		[
			'one for the Service',
			configuration('shop', '{targetReference: {name: web}, defaultConfiguration: {targetType: ip}}'),
			'ip',
		],
		[
			'one for another Service',
			configuration('shop', '{targetReference: {name: api}, defaultConfiguration: {targetType: ip}}'),
			'instance',
		],
		[
			'one that may be the default of a LoadBalancerConfiguration',
			configuration('gateways', '{defaultConfiguration: {targetType: ip}}'),
			undefined,
		],
		[
			'one with a configuration for the route',
			configuration(
				'shop',
				'{targetReference: {name: web}, routeConfigurations: [{routeIdentifier: {kind: HTTPRoute}, targetGroupProps: {targetType: instance}}, {routeIdentifier: {kind: HTTPRoute, namespace: shop, name: site}, targetGroupProps: {targetType: ip}}]}',
			),
			'ip',
		],
		[
			'one with a configuration for another route',
			configuration(
				'shop',
				'{targetReference: {name: web}, routeConfigurations: [{routeIdentifier: {kind: HTTPRoute, namespace: shop, name: other}, targetGroupProps: {targetType: ip}}]}',
			),
			'instance',
		],
	])('with %s', (_, yaml, expected) => {
		const snapshot = snapshotOf(`${route}${yaml}`);
		const asked = {flags: {}, route: snapshot.get('HTTPRoute', 'shop', 'site')!};
		expect(targetTypeOfRoute(snapshot, service, asked)).toBe(expected);
	});
});

describe('targetTypeOfIngress', () => {
	const yaml = `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: alb}
spec: {controller: ingress.k8s.aws/alb, parameters: {apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: alb}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: site, namespace: shop}
spec: {ingressClassName: alb}
`;

	it('is not known where the parameters of the class may not be read', () => {
		const snapshot = snapshotOf(yaml, {states: {IngressClassParams: {state: 'absent', why: 'not-in-input'}}});
		const [ingress] = snapshot.list('Ingress');
		expect(targetTypeOfIngress(snapshot, ingress!, undefined, {})).toBeUndefined();
	});
});

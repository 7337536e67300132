import {expect, test} from 'vitest';
import type {Kind} from '../../source/model/kinds.ts';
import {recordReads} from '../../source/model/recording-snapshot.ts';
import type {Snapshot} from '../../source/model/snapshot.ts';
import {controllerResolver} from '../../source/path/resolvers/controller.ts';
import {dnsResolver} from '../../source/path/resolvers/dns.ts';
import {endpointsResolver} from '../../source/path/resolvers/endpoints.ts';
import {gatewayControllerResolver} from '../../source/path/resolvers/gateway-controller.ts';
import {gatewayRouteResolver} from '../../source/path/resolvers/gateway-route.ts';
import {ingressRouteResolver} from '../../source/path/resolvers/ingress-route.ts';
import {kubeProxyResolver} from '../../source/path/resolvers/kube-proxy.ts';
import {loadBalancerResolver} from '../../source/path/resolvers/load-balancer.ts';
import {networkPolicyResolver} from '../../source/path/resolvers/network-policy.ts';
import {podResolver} from '../../source/path/resolvers/pod.ts';
import {serviceResolver} from '../../source/path/resolvers/service.ts';
import {readScenario, scenarioNames, snapshotOfScenario, traceOf} from '../helpers/scenario.ts';

const resolvers = {
	dns: dnsResolver,
	'load-balancer': loadBalancerResolver,
	controller: controllerResolver,
	'gateway-controller': gatewayControllerResolver,
	'ingress-route': ingressRouteResolver,
	'gateway-route': gatewayRouteResolver,
	service: serviceResolver,
	endpoints: endpointsResolver,
	'kube-proxy': kubeProxyResolver,
	'network-policy': networkPolicyResolver,
	pod: podResolver,
} as const;

type Recordable = {resolve(this: void, visit: {readonly snapshot: Snapshot}, input: never): unknown};

/** Notes what a resolver reads of the snapshot it is given, while scenarios are walked. */
function recorded(resolver: Recordable, walkAll: () => void): ReadonlySet<Kind> {
	const kinds = new Set<Kind>();
	const {resolve} = resolver;
	resolver.resolve = (visit, input) => {
		const {snapshot, reads} = recordReads(visit.snapshot);
		const result = resolve({...visit, snapshot}, input);
		for (const kind of reads.keys()) {
			kinds.add(kind);
		}

		return result;
	};
	walkAll();
	resolver.resolve = resolve;
	return kinds;
}

const situations = scenarioNames()
	.map(readScenario)
	.map((scenario) => ({scenario, snapshot: snapshotOfScenario(scenario)}));

test.each(Object.entries(resolvers))(
	'the %s resolver declares what it reads, and nothing else',
	(_, resolver) => {
		const read = recorded(resolver, () => {
			for (const {scenario, snapshot} of situations) {
				traceOf(scenario, snapshot);
			}
		});
		expect([...read].toSorted()).toEqual(resolver.reads.toSorted());
	},
);

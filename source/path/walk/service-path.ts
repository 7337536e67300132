import type {Pod} from '../../model/pod.ts';
import {isHeadless, type IpFamily, type Service, type ServicePort} from '../../model/service.ts';
import type {HopKind} from '../hop.ts';
import {proxyMode} from '../kube-proxy/proxy-mode.ts';
import type {Resolved, Visit} from '../resolver.ts';
import {endpointsResolver, type EndpointsOutput} from '../endpoints/evaluate.ts';
import {kubeProxyResolver, symptomOfMissingPort} from '../kube-proxy/evaluate.ts';
import {networkPolicyResolver} from '../network-policy/evaluate.ts';
import {podResolver} from '../pod/evaluate.ts';
import {serviceResolver, type ServiceOutput} from '../service/evaluate.ts';
import {skipped} from './skipped.ts';
import {visitHop} from './visit-hop.ts';
import type {Controller} from '../../rules/controllers/controller.ts';
import type {ResolvedEndpoint} from '../../rules/endpoint-slices/endpoint.ts';
import type {Entrance} from '../../rules/kube-proxy/address-type.ts';

/** A Service port that a path goes to, and how it gets there. */
export type ServiceLeg = {
	readonly namespace: string;
	readonly name: string;
	readonly servicePort?: {readonly name?: string; readonly number?: number};
	readonly via: 'route' | 'target';
	readonly entrance: Entrance;
	readonly family?: IpFamily;
	readonly controller?: Controller;
	/** The rule tells the controller to use the Service's own address (nginx service-upstream, Traefik nativelb). */
	readonly throughProxy?: boolean;
};

/** The hops from a Service to its pods: one list for each port that fits. */
export function servicePaths(visit: Visit, leg: ServiceLeg): readonly (readonly Resolved<HopKind>[])[] {
	const {namespace, name, servicePort, via, family} = leg;
	const service = visitHop(serviceResolver, visit, {namespace, name, servicePort, via, family});
	if (!service.service || service.ports.length === 0 || service.service.type === 'ExternalName') {
		return [[withMissingPort(visit, service, leg.entrance), ...nothingBehind(service)]];
	}

	const found = service.service;
	return portsMeant(service, via).map((port) => [
		service.ports.length > 1 ? ofPort(visit, leg, port) : service,
		...portHops(visit, leg, {service: found, port}),
	]);
}

/** The Service, by one port of several: those of one number differ by protocol and have names. */
function ofPort(visit: Visit, leg: ServiceLeg, {name, port}: ServicePort): Resolved<'service'> {
	return visitHop(serviceResolver, visit, {...leg, servicePort: {name, number: port}});
}

/** A rule sends HTTP: of a TCP and a UDP port of one number it means the first. */
function portsMeant({ports}: ServiceOutput, via: ServiceLeg['via']): ServiceOutput['ports'] {
	const first = ports.find(({protocol}) => protocol === 'TCP');
	return via === 'route' && ports.length > 1 && first ? [first] : ports;
}

/** The port that a Service lacks is answered by kube-proxy, and differently by mode (findings: KNET518). */
function withMissingPort(
	visit: Visit,
	resolved: Resolved<'service'>,
	entrance: Entrance,
): Resolved<'service'> {
	const missing = resolved.hop.findings.some(
		({code, severity}) => code === 'KNET518' && severity === 'error',
	);
	const {mode} = proxyMode(visit.snapshot);
	// Only cluster IPs are in the set that nftables mode rejects by: an address from outside takes no other port.
	const isOutside = mode === 'nftables' && entrance !== 'cluster-ip';
	return missing ? {...resolved, stop: isOutside ? 'dropped' : symptomOfMissingPort(mode)} : resolved;
}

function nothingBehind({service, hop}: ServiceOutput): readonly Resolved<HopKind>[] {
	const why = service
		? service.type === 'ExternalName'
			? 'not on the way: the Service is a DNS alias'
			: 'not reached: no such port'
		: `not reached: ${hop.summary}`;
	return (['endpoints', 'kube-proxy', 'network-policy', 'pod'] as const).map((kind) => skipped(kind, why));
}

type Served = {readonly service: Service; readonly port: ServicePort};

function portHops(visit: Visit, leg: ServiceLeg, {service, port}: Served): readonly Resolved<HopKind>[] {
	const endpoints = visitHop(endpointsResolver, visit, {
		service,
		port,
		family: leg.family,
		chooses: leg.throughProxy ? undefined : leg.controller?.chooses,
	});
	const proxy = visitHop(kubeProxyResolver, visit, {
		service,
		port,
		endpoints: endpoints.endpoints,
		entrance: leg.entrance,
		family: leg.family,
		bypassed: bypassOf(leg, service),
	});
	const policy = visitHop(networkPolicyResolver, visit, {
		endpoints: endpoints.endpoints,
		protocol: port.protocol,
		namespace: service.namespace,
		labels: service.selector,
		from: policySource(visit, leg.controller),
	});
	return [endpoints, proxy, policy, podHop(visit, {service, port}, endpoints)];
}

// Pods say why endpoints are not ready; of endpoints nobody knows there is nothing to ask them in an overview.
function podHop(visit: Visit, served: Served, {hop, endpoints}: EndpointsOutput): Resolved<'pod'> {
	return visit.depth === 'overview' && hop.status === 'unknown'
		? skipped('pod', 'endpoints not known')
		: visitHop(podResolver, visit, {...served, endpoints});
}

/** A controller that picks endpoints itself goes past kube-proxy, unless the rule sends it to the Service's own address. */
function bypassOf(
	{controller, throughProxy}: ServiceLeg,
	service: Service,
): {readonly by: string} | undefined {
	return controller?.bypassesProxy && !throughProxy && !isHeadless(service)
		? {by: controller.implementation}
		: undefined;
}

type PolicySource = Parameters<typeof networkPolicyResolver.resolve>[1]['from'];

function policySource({source, snapshot}: Visit, controller: Controller | undefined): PolicySource {
	if (controller) {
		return {type: 'controller', pods: controller.pods, name: controller.implementation};
	}

	switch (source.kind) {
		case 'pod': {
			const pod: Pod | undefined = snapshot.get('Pod', source.namespace, source.name);
			return pod ? {type: 'pod', pod} : {type: 'external'};
		}

		case 'node':
			return {type: 'node', name: source.name};
		case 'external':
			return {type: 'external', ip: source.ip};
	}
}

/** Plain endpoints of a Service port, without judging them: for the Service in front of a controller. */
export function plainEndpoints(
	visit: Visit,
	service: Service,
	port: ServicePort,
): readonly ResolvedEndpoint[] {
	return endpointsResolver.resolve(visit, {service, port}).endpoints;
}

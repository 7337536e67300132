import type {V1LoadBalancerIngress, V1Service, V1ServicePort, V1ServiceSpec} from '@kubernetes/client-node';
import type {
	IpFamily,
	LoadBalancerIngress,
	Protocol,
	Service,
	ServicePort,
} from '../../model/services/service.ts';
import {projectConditions, projectMeta} from '../meta.ts';
import {
	is,
	intOrString,
	list,
	number,
	oneOf,
	optionalNumber,
	optionalText,
	record,
	records,
	text,
	textMap,
	texts,
	type Claimed,
	type WireOf,
} from '../wire.ts';

/** core/v1 Service, with the API's defaults applied where a manifest leaves them out. */
export function projectService(wire: WireOf<V1Service>): Service {
	const spec = record(wire['spec']);
	const status = record(wire['status']);
	const selector = textMap(spec['selector']);
	return {
		...projectMeta(wire),
		type: oneOf(spec['type'], ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'], 'ClusterIP'),
		clusterIPs: projectClusterIps(spec),
		ipFamilies: texts(spec['ipFamilies']).map(toFamily),
		ipFamilyPolicy: optionalText(spec['ipFamilyPolicy']),
		ports: list(spec['ports']).map(projectServicePort),
		selector: Object.keys(selector).length === 0 ? undefined : selector,
		externalName: optionalText(spec['externalName']),
		externalIPs: texts(spec['externalIPs']),
		internalTrafficPolicy: oneOf(spec['internalTrafficPolicy'], ['Cluster', 'Local'], 'Cluster'),
		externalTrafficPolicy: oneOf(spec['externalTrafficPolicy'], ['Cluster', 'Local'], 'Cluster'),
		healthCheckNodePort: optionalNumber(spec['healthCheckNodePort']),
		publishNotReadyAddresses: is(spec['publishNotReadyAddresses'], true),
		sessionAffinity: oneOf(spec['sessionAffinity'], ['None', 'ClientIP'], 'None'),
		sessionAffinityTimeout: optionalNumber(
			record(record(spec['sessionAffinityConfig'])['clientIP'])['timeoutSeconds'],
		),
		loadBalancerClass: optionalText(spec['loadBalancerClass']),
		loadBalancerIP: optionalText(spec['loadBalancerIP']) || undefined,
		loadBalancerSourceRanges: texts(spec['loadBalancerSourceRanges']),
		allocateLoadBalancerNodePorts: !is(spec['allocateLoadBalancerNodePorts'], false),
		trafficDistribution: optionalText(spec['trafficDistribution']),
		loadBalancer: list(record(status['loadBalancer'])['ingress']).map(projectLoadBalancer),
		conditions: projectConditions(status['conditions']),
	};
}

function projectClusterIps(spec: WireOf<V1ServiceSpec>): readonly string[] {
	const several = texts(spec['clusterIPs']);
	const one = text(spec['clusterIP']);
	return several.length > 0 ? several : one ? [one] : [];
}

function toFamily(family: string): IpFamily {
	return family === 'IPv6' ? 'IPv6' : 'IPv4';
}

export function toProtocol(value: unknown): Protocol {
	return oneOf(value, ['TCP', 'UDP', 'SCTP'], 'TCP');
}

function projectServicePort(value: Claimed<V1ServicePort>): ServicePort {
	const port = record(value);
	const servicePort = number(port['port']);
	return {
		name: text(port['name']),
		protocol: toProtocol(port['protocol']),
		port: servicePort,
		// 0 is how a client without a target port sends it; the API defaults it to the service port.
		targetPort: intOrString(port['targetPort']) || servicePort,
		nodePort: optionalNumber(port['nodePort']) || undefined,
		appProtocol: optionalText(port['appProtocol']),
	};
}

function projectLoadBalancer(value: Claimed<V1LoadBalancerIngress>): LoadBalancerIngress {
	const ingress = record(value);
	return {
		ip: optionalText(ingress['ip']) || undefined,
		hostname: optionalText(ingress['hostname']) || undefined,
		ipMode: is(ingress['ipMode'], 'Proxy') ? 'Proxy' : is(ingress['ipMode'], 'VIP') ? 'VIP' : undefined,
		ports: records(ingress['ports']).map((port) => ({
			port: number(port['port']),
			protocol: toProtocol(port['protocol']),
			error: optionalText(port['error']),
		})),
	};
}

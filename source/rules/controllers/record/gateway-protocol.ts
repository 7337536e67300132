import {mayUseHttp2, policyTls, type PolicyTls, type Registry} from '../../istio/destinations.ts';
import {upgradesToHttp2} from '../../mesh/mesh-config.ts';
import {selectedPods} from '../../endpoint-slices/selected-pods.ts';
import {membershipOf} from '../../mesh/membership.ts';
import {gatewayNameLabel} from './gateway-profile.ts';
import type {GatewayBackendInput, GatewayProtocol} from './gateway-side.ts';
import {registryOf} from '../istio/registry.ts';

const setBy = 'appProtocol of the port';

/** HTTP/2 behind a GRPCRoute and for `kubernetes.io/h2c` (KEP-3726), else HTTP/1.1; TLS by BackendTLSPolicy alone. */
export function byAppProtocol({port, routeKind}: GatewayBackendInput): GatewayProtocol {
	return {tls: false, http2: routeKind === 'GRPCRoute' || isH2c(port.appProtocol), setBy};
}

/**
Without `enable-gateway-api-app-protocol`, or `enable-gateway-api-alpn` that brings it, Cilium speaks to the backend as the client does
(operator/pkg/model/translation/envoy_cluster.go).
*/
export function byCilium(input: GatewayBackendInput): GatewayProtocol {
	const {data = {}} = input.snapshot.get('ConfigMap', 'kube-system', 'cilium-config') ?? {};
	const readsAppProtocol = ['enable-gateway-api-app-protocol', 'enable-gateway-api-alpn'].some(
		(name) => data[name] === 'true',
	);
	return readsAppProtocol || input.routeKind === 'GRPCRoute'
		? byAppProtocol(input)
		: {tls: false, setBy: 'enable-gateway-api-app-protocol of ConfigMap kube-system/cilium-config'};
}

/** Istio: appProtocol, else the beginning of the port's name (istio.io, Protocol Selection). TLS is a matter of DestinationRules. */
export function byPortName(input: GatewayBackendInput): GatewayProtocol {
	const {port} = input;
	const policy = destinationTls(input);
	if (policy) {
		return {tls: true, setBy: `DestinationRule ${policy.rule.namespace}/${policy.rule.name}`};
	}

	const protocol = port.appProtocol?.toLowerCase() ?? port.name.split('-')[0] ?? '';
	const isNamed = isH2c(port.appProtocol) || ['grpc', 'http2', 'grpc-web'].includes(protocol);
	return {
		tls: false,
		http2: isNamed || (isUpgraded(input) ? undefined : false),
		setBy: 'appProtocol or the name of the port',
	};
}

/** A setting may make HTTP/2 of it: for which ports is not followed. */
function isUpgraded({snapshot, service, gateway}: GatewayBackendInput): boolean {
	return upgradesToHttp2(snapshot) || mayUseHttp2(service, registryFor(snapshot, gateway));
}

function registryFor(
	snapshot: GatewayBackendInput['snapshot'],
	{namespace, name}: GatewayBackendInput['gateway'],
): Registry {
	return registryOf(snapshot, {namespace, labels: {[gatewayNameLabel]: name}});
}

/** ISTIO_MUTUAL is for pods in the mesh, whose proxies take it (seen on 2026-08-27: 503 from all others). */
function destinationTls({snapshot, service, port, gateway}: GatewayBackendInput): PolicyTls | undefined {
	const policy = policyTls(service, port.port, registryFor(snapshot, gateway));
	const isForMesh = policy?.mode === 'ISTIO_MUTUAL';
	return isForMesh && (selectedPods(snapshot, service) ?? []).some((pod) => membershipOf(snapshot, pod))
		? undefined
		: policy;
}

function isH2c(appProtocol: string | undefined): boolean {
	return appProtocol?.toLowerCase() === 'kubernetes.io/h2c';
}

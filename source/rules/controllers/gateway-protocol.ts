import type {GatewayBackendInput, GatewayProtocol} from './gateway-side.ts';

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
export function byPortName({port}: GatewayBackendInput): GatewayProtocol {
	const protocol = port.appProtocol?.toLowerCase() ?? port.name.split('-')[0] ?? '';
	return {
		http2: isH2c(port.appProtocol) || ['grpc', 'http2', 'grpc-web'].includes(protocol),
		setBy: 'appProtocol or the name of the port',
	};
}

function isH2c(appProtocol: string | undefined): boolean {
	return appProtocol?.toLowerCase() === 'kubernetes.io/h2c';
}

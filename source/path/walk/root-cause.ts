import type {HopKind} from '../hop-kind.ts';
import type {Finding} from '../finding.ts';
import type {Hop} from '../hop.ts';
import {controllerFindings} from '../controller/catalogue.ts';
import {clusterDnsFindings} from '../dns/cluster-dns/cluster-dns-catalogue.ts';
import {endpointsFindings} from '../endpoints/catalogue.ts';
import {kubeProxyFindings} from '../kube-proxy/catalogue.ts';
import {loadBalancerFindings} from '../load-balancer/catalogue.ts';
import {routeFindings} from '../route/catalogue.ts';
import {gatewayRouteFindings} from '../route/gateway/catalogue.ts';
import {serviceFindings} from '../service/catalogue.ts';

const behindTheAddress: readonly HopKind[] = [
	'controller',
	'endpoints',
	'kube-proxy',
	'network-policy',
	'pod',
];

/** Findings that only repeat a fault further on, and the hops where that fault may be. All others are faults of their own. */
const consequences: ReadonlyMap<string, readonly HopKind[]> = new Map([
	// A headless Service has records for ready pods alone.
	[clusterDnsFindings.nameDoesNotResolve.code, ['endpoints']],
	[loadBalancerFindings.noNodeHasLocalEndpoint.code, behindTheAddress],
	[loadBalancerFindings.loadBalancerUnreachable.code, behindTheAddress],
	[loadBalancerFindings.nothingAtNodePort.code, behindTheAddress],
	// The controller reports a fault of the endpoints, which the endpoints hop explains.
	[controllerFindings.controllerSays.code, ['endpoints']],
	[gatewayRouteFindings.routeRefsNotResolved.code, ['endpoints']],
	[routeFindings.backendUnhealthy.code, ['endpoints', 'pod']],
	[endpointsFindings.noReadyEndpoints.code, ['pod']],
	[kubeProxyFindings.noLocalEndpointForClient.code, ['pod']],
]);

/** Faults of the protocol: they stop a request only after its connection is there. */
const afterConnection: ReadonlySet<string> = new Set([
	routeFindings.backendProtocolDiffers.code,
	routeFindings.backendCertificateDistrusted.code,
	serviceFindings.portSpeaksTls.code,
]);

/** The first hop that stops the request. A fault of the protocol comes last: without a connection nobody notices it. */
export function stopsAt<T extends {readonly hop: Hop}>(hops: readonly T[]): T | undefined {
	const broken = hops.filter(({hop}) => hop.status === 'broken');
	return broken.find(({hop}) => !errorsOf(hop).some(({code}) => afterConnection.has(code))) ?? broken[0];
}

/**
The fault to mend first: the one that stops the request, or the one further on that it only repeats, as a failing readiness probe
is why no endpoint is ready. A fault further on that has nothing to do with it shows itself afterwards.
*/
export function rootCause(hops: readonly Hop[], first: Hop): string | undefined {
	let cause = hops.slice(hops.indexOf(first)).find((hop) => errorsOf(hop).length > 0);
	for (let next = cause; next; next = deeper(hops, next)) {
		cause = next;
	}

	return cause && errorsOf(cause)[0]?.code;
}

function deeper(hops: readonly Hop[], cause: Hop): Hop | undefined {
	const kinds = consequences.get(errorsOf(cause)[0]?.code ?? '') ?? [];
	const next = hops.slice(hops.indexOf(cause) + 1);
	// A load balancer in front of a controller leads to the controller, not to what the controller sends to.
	const isServed = next.some(({kind, status}) => kind === 'controller' && status !== 'skipped');
	return next.find(
		(hop) =>
			errorsOf(hop).length > 0 &&
			kinds.includes(hop.kind) &&
			(hop.kind === 'controller' || cause.kind !== 'load-balancer' || !isServed),
	);
}

function errorsOf({findings}: Hop): readonly Finding[] {
	return findings.filter(({severity}) => severity === 'error');
}

import {meshConfigName} from '../mesh/mesh-config.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import type {Claimant} from './record/ingress-side.ts';
import {byElements, exactly, longerFirst} from '../ingress/path-fits.ts';
import {routeBy, type PathFit, type Reading} from '../ingress/route-by.ts';
import type {RouteDecision, RouteInput} from '../ingress/decision.ts';
import {envoyPathWithSlashes} from '../ingress/url-path.ts';
import {envoyAnswers} from './record/answers.ts';
import {byClassObject} from './record/classes.ts';
import {headersOr} from './record/backend-filter.ts';
import {envoyProfile, gatewayNameLabel} from './record/gateway-profile.ts';
import {byPortName} from './record/gateway-protocol.ts';
import type {NothingSent} from './record/nothing-sent.ts';
import type {AskedOfBackend, ControllerRecord} from './record/record.ts';

const controllerNames = ['istio.io/ingress-controller'];

/** createStringMatch: exact, unless it ends in `/*` or `.*` (istio.io, Kubernetes Ingress). */
const ownPath: PathFit = (path, urlPath) =>
	/[/.]\*$/u.test(path) ? byElements(path.slice(0, -2), urlPath) : path === urlPath;

const reading: Reading = {
	paths: {Exact: exactly, Prefix: byElements, ImplementationSpecific: ownPath},
	order: longerFirst,
	isolatesHosts: true,
	manyLabels: true,
	// pilot/pkg/config/kube/ingress: a default backend is left out.
	defaults: 'none',
	// ConvertIngressVirtualService: a named port that cannot be looked up (seen on 2026-08-27).
	leavesOutBroken: ({backend}) => backend.type === 'service' && backend.port.name !== undefined,
};

const decide = routeBy({all: [reading]});

/** MeshConfig pathNormalization BASE, its default. */
function route(input: RouteInput): RouteDecision {
	return decide({
		...input,
		request: {...input.request, urlPath: envoyPathWithSlashes(input.request.urlPath)},
	});
}

/**
shouldProcessIngressWithClass (pilot/pkg/config/kube/ingress/conversion.go): STRICT and DEFAULT differ where no class is named. With mode
OFF nothing reads Ingresses (pilot/pkg/bootstrap/configcontroller.go).
*/
function takes(requested: RequestedClass, claimant: Claimant): boolean | undefined {
	const {ingresscontrollermode: mode = 'STRICT', ingressclass = 'istio'} = claimant.flags;
	if (mode === 'OFF') {
		return false;
	}

	if (requested.annotation !== undefined) {
		return requested.annotation === ingressclass;
	}

	return requested.className === undefined
		? mode === 'DEFAULT'
		: byClassObject(requested, claimant, {controllers: controllerNames, usualNames: ['istio']});
}

export const istio: ControllerRecord = {
	implementation: 'Istio',
	isEnvoy: true,
	sources: [
		'istio.io: Kubernetes Ingress; MeshConfig ingressControllerMode and ingressClass',
		'a running istiod of 2026-08-27 (eed52ebb66ad) with Envoy 1.40.0, Ingress and Gateway API',
	],
	images: ['istio/pilot', 'pilot'],
	names: ['istiod'],
	sendsNothing: whyNodeLocal,
	dataPlane: ['istio-ingressgateway', 'istio-ingress'],
	settings: {
		type: 'document',
		key: 'mesh',
		nameFor: ({labels}) => meshConfigName(labels),
		usualNames: ['istio'],
		mayBe: {ingresscontrollermode: 'DEFAULT'},
	},
	ingress: {
		profile: 'istio',
		controllerNames,
		annotationClasses: ['istio'],
		takes,
		route,
		leavesOutBroken: true,
		tls: {withoutEntry: 'handshake-fails', missingSecret: 'handshake-fails', secretsBesidePods: true},
		bypassesProxy: () => true,
		// endpointHealthStatus (pilot/pkg/serviceregistry/kube/controller/endpointslice.go).
		chooses: 'ready',
		// No cluster of Envoy has a Service or a number that is not there (seen on 2026-08-27).
		answers: () => ({...envoyAnswers, 'no-backend': 'http-503'}),
		unknowns: () => [],
	},
	gateway: {
		controllerNames: ['istio.io/gateway-controller', 'istio.io/unmanaged-gateway'],
		gatewayLabels: [gatewayNameLabel],
		bypassesProxy: true,
		chooses: () => 'ready',
		speaks: byPortName,
		// Seen on 2026-08-27: 503.
		asksBackendWithoutCertificate: true,
		// 403 by a policy with targetRefs (seen on 2026-08-27).
		obeysAuthorizationPolicies: true,
		// Seen on 2026-08-27: ResolvedRefs False (InvalidFilter), 404.
		// buildListener (conversion.go): a listener without its certificate is left out, and its port is refused (seen then, too).
		// sortHTTPRoutes and getURIRank (pilot/pkg/config/kube/gateway): regular expressions come last.
		profile: () => ({
			...envoyProfile,
			pathTypes: ['Exact', 'PathPrefix', 'RegularExpression'],
			prefixRedirect: 'text',
			// buildGatewayNetworkFiltersFromTCPRoutes (pilot/pkg/networking/core/gateway.go): the first one that is bound to the listener.
			ignoresServerName: true,
			// MeshConfig pathNormalization BASE, its default.
			readsPath: envoyPathWithSlashes,
			// resolveServiceAliases (pilot/pkg/model/push_context.go): an ExternalName is another name of a Service of the mesh.
			externalNames: 'aliases',
			// ConvertProtocol (pkg/config/kube/conversion.go) makes TCP of all but UDP (seen on 2026-08-27).
			sendsTo: (protocol) => protocol !== 'UDP',
			// mergeGateways (pilot/pkg/model/gateway.go), with a server for each listener, by name (seen on 2026-08-27).
			plainHoldsPort: true,
			unsupportedFilter: 'left-out',
			// sortHTTPRoutes (config/kube/gateway/conversion.go): no match goes last (seen on 2026-08-27).
			bareGrpcLast: true,
			// buildHTTPDestination (conversion.go): InvalidFilter for any other one.
			backendFilter: headersOr('left-out'),
		}),
		answers: () => envoyAnswers,
	},
};

/** NodeLocal (pilot/pkg/xds/endpoints/endpoint_builder.go): a proxy sends to the endpoints of its own node (seen on 2026-08-27: 503). */
function whyNodeLocal({snapshot, service, throughProxy, pods}: AskedOfBackend): NothingSent | undefined {
	const {namespace, name, internalTrafficPolicy} = service;
	if (internalTrafficPolicy !== 'Local' || throughProxy) {
		return undefined;
	}

	const nodes = new Set(pods.flatMap(({nodeName}) => nodeName ?? []));
	const endpoints = snapshot.slicesOf(namespace, name).flatMap((slice) => slice.endpoints);
	return nodes.size === 0 ||
		endpoints.length === 0 ||
		endpoints.some(({nodeName = ''}) => nodes.has(nodeName))
		? undefined
		: {
				why: 'its policy is Local, and no endpoint is on a node of the gateway',
				field: 'spec.internalTrafficPolicy',
				value: 'Local',
				remedy: 'Set it to Cluster, or run the pods on the nodes of the gateway.',
			};
}

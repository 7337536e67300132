import type {RouteFilter} from '../../../model/routes/gateway.ts';
import type {BackendFilterEffect} from '../record/backend-filter.ts';
import {isBefore, type Version} from '../../version.ts';
import {routingPath} from './router.ts';
import {specProfile, type GatewayProfile} from '../record/gateway-profile.ts';
import type {GatewayBackendInput, GatewayProtocol, GatewaySide} from '../record/gateway-side.ts';
import type {Flags} from '../record/facts.ts';
import {verifiesByAddress} from './servers-transport.ts';
import {isOfIdleProvider} from './providers.ts';

/** Source: Traefik's gateway provider (buildMatchRule, buildHostRule), and a running 3.6. As the specification, but for: */
export const traefikProfile: GatewayProfile = {
	...specProfile,
	name: 'traefik',
	isolatesListeners: false,
	sumsPriorities: true,
	readsPath: routingPath,
	wholeRegex: false,
	startsPathRegex: false,
	anyValue: true,
	anyHeaderValue: true,
	// Seen on 3.6.13.
	showsUsualPort: true,
	redirectPort: 'client',
	noBackend: 503,
	externalNames: 'never',
	needsSlices: true,
	takesTlsAnywhere: true,
	grpcByPost: false,
	refusedFilters: ['RequestMirror'],
	// FillExtensionBuilderRegistry (provider/kubernetes/crd) gives the name alone; BuildChain of the router fails without the object.
	neededExtensions: ['Middleware', 'TraefikService'],
	backendFilter: () => 'ignored',
	// getHTTPServiceProtocol of 3.6.
	sendsTo: (protocol) => protocol === 'TCP',
	// Seen by users (traefik/traefik#8974): its entry points answer, with the default certificate.
	answersForeignPorts: true,
};

/** What an ExtensionRef names is read by Traefik's provider of its own kinds; without it the rule answers 500 (seen on 3.6.13). */
const traefikAlone: GatewayProfile = {
	...traefikProfile,
	refusedFilters: [...traefikProfile.refusedFilters, 'ExtensionRef'],
	neededExtensions: [],
};

export const traefikGateway: GatewaySide = {
	controllerNames: ['traefik.io/gateway-controller'],
	gatewayLabels: [],
	names: ['traefik'],
	bypassesProxy: true,
	// Its Gateway provider, other than its Ingress provider (gateway/kubernetes.go getBackendAddresses).
	chooses: () => 'ready-said',
	speaks: spoken,
	profile({flags, version}) {
		const profile = isOfIdleProvider('@kubernetescrd', flags) ? traefikAlone : traefikProfile;
		return {...profile, backendFilter: (filter) => onBackend(filter, profile, version)};
	},
	answers: () => ({
		refused: 'http-502',
		unreachable: 'http-502',
		dropped: 'http-504',
		// ComputeStatusCode: an error of TLS is none of those that give 502 or 504.
		'backend-tls': 'http-500',
	}),
};

/** loadService (httproute.go) reads filters of a backendRef since 3.7: those that a rule may have. */
function onBackend(
	{type}: RouteFilter,
	{refusedFilters}: GatewayProfile,
	version: Version | undefined,
): BackendFilterEffect {
	if (isBefore(version, [3, 7, 0])) {
		return 'ignored';
	}

	return version && (refusedFilters.includes(type) ? 'fails' : 'applied');
}

/** getHTTPServiceProtocol and getGRPCServiceProtocol of 3.6: appProtocol, else port 443 or a name that begins with https. */
function spoken({port, routeKind}: GatewayBackendInput, flags: Flags): GatewayProtocol {
	const given = port.appProtocol?.toLowerCase();
	const isGrpc = routeKind === 'GRPCRoute';
	const tls =
		given === undefined
			? !isGrpc && (port.port === 443 || port.name.startsWith('https'))
			: given === 'https' || (!isGrpc && given === 'kubernetes.io/wss');
	return {
		tls,
		http2: !tls && (given === undefined ? isGrpc : given === 'kubernetes.io/h2c'),
		distrusts: tls && verifiesByAddress(flags),
		setBy: given === undefined ? "the port's number or name" : 'appProtocol of the port',
	};
}

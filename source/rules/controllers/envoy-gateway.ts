import type {RouteFilter} from '../../model/routes/gateway.ts';
import {envoyPath} from '../ingress/url-path.ts';
import {envoyAnswers} from './record/answers.ts';
import type {BackendFilterEffect} from './record/backend-filter.ts';
import {envoyProfile} from './record/gateway-profile.ts';
import {byAppProtocol} from './record/gateway-protocol.ts';
import type {ControllerRecord} from './record/record.ts';
import type {Facts} from './record/facts.ts';
import {isBefore} from '../version.ts';

export const envoyGateway: ControllerRecord = {
	implementation: 'Envoy Gateway',
	isEnvoy: true,
	sources: ['envoyproxy/gateway 1.6: internal/gatewayapi', 'a running Envoy Gateway 1.9.1 with Envoy 1.40.0'],
	images: ['envoyproxy/gateway'],
	// charts/gateway-helm: label `control-plane` of its pods.
	names: ['envoy-gateway'],
	gateway: {
		controllerNames: ['gateway.envoyproxy.io/gatewayclass-controller'],
		gatewayLabels: ['gateway.envoyproxy.io/owning-gateway-name'],
		bypassesProxy: true,
		speaks: byAppProtocol,
		// envoyextensionpolicy.go of 1.6, and seen on 1.9.1: a direct response of 500.
		failsWithout: ['EnvoyExtensionPolicy', 'SecurityPolicy', 'BackendTrafficPolicy'],
		// Since 1.6 endpoints that are not ready are sent as draining, to which Envoy turns in a panic (#7253).
		chooses: ({version}) => (isBefore(version, [1, 6, 0]) ? 'ready' : 'ready-or-all'),
		// Accepted is False where no rule is accepted: all of them answer 500 (route.go processHTTPRouteRules).
		profile: (facts) => {
			// Since 1.6.6 and 1.7 such rules answer 500 (#7605; seen on 1.9.1); before, the whole route was left out (#7545).
			const answersUnsupported = !isBefore(facts.version, [1, 6, 6]);
			return {
				...envoyProfile,
				readsPath: envoyPath,
				externalNames: 'if-resolved',
				servesUnsupported: answersUnsupported,
				answersForFilters: answersUnsupported,
				// Seen on 1.9.1.
				failsByMirror: true,
				// ClientTrafficPolicy, path.escapedSlashesAction: UnescapeAndRedirect is the default.
				unescapesSlashes: true,
				// Seen on 1.9.1: "Only unique values for domains are permitted. Duplicate entry of domain".
				sharesRoutesOfPort: true,
				sendsTo: (protocol) => protocol === 'TCP',
				invalidFailsRule: failsByOne(facts),
				// processTLSRouteParentRefs and its kin (route.go): what does not resolve is left out (seen on 1.9.1).
				forBytes: {invalidFailsRule: false, sharesAmongValid: true},
				// XdsIRRoutes.Less (sort.go): the method is the header `:method` (seen on 1.9.1).
				methodIsHeader: true,
				// XdsIRRoutes.Less (sort.go): no path counts as none (seen on 1.9.1).
				bareGrpcLast: true,
				backendFilter: (filter) => onBackend(filter, facts),
			};
		},
		// Release notes 1.6.0.
		answers: ({version}) => ({
			...envoyAnswers,
			'no-endpoints': isBefore(version, [1, 6, 0]) ? 'http-500' : 'http-503',
		}),
	},
};

/** Release notes 1.4.6, 1.5.5, 1.6.1 and 1.7.0: since then an invalid backendRef takes its share alone. */
function failsByOne({version}: Facts): boolean {
	return (
		isBefore(version, [1, 4, 6]) ||
		(!isBefore(version, [1, 5, 0]) && isBefore(version, [1, 5, 5])) ||
		(!isBefore(version, [1, 6, 0]) && isBefore(version, [1, 6, 1]))
	);
}

/**
validateBackendRefFilters (validate.go) of each version: HTTPRouteFilters since 1.4, other hosts since 1.7, other paths never. Any other one
makes the backend invalid.
*/
function onBackend(filter: RouteFilter, {version}: Facts): BackendFilterEffect {
	switch (filter.type) {
		case 'RequestHeaderModifier':
		case 'ResponseHeaderModifier':
			return isBefore(version, [1, 1, 0]) ? 'fails' : 'applied';
		case 'ExtensionRef':
			return isBefore(version, [1, 4, 0]) ? 'fails' : 'applied';
		case 'URLRewrite':
			return filter.path || isBefore(version, [1, 7, 0]) ? 'fails' : 'applied';
		case 'RequestRedirect':
		case 'RequestMirror':
		case 'unknown':
			return 'fails';
	}
}

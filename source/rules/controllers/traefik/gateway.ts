import {routingPath} from './router.ts';
import type {GatewayProfile} from '../gateway-profile.ts';
import type {GatewaySide} from '../record.ts';
import {isOfIdleProvider} from './providers.ts';

/** Source: Traefik's gateway provider (buildMatchRule, buildHostRule), and a running 3.6. */
export const traefikProfile: GatewayProfile = {
	name: 'traefik',
	isolatesListeners: false,
	isolatesHosts: false,
	sumsPriorities: true,
	readsPath: routingPath,
	pathTypes: ['Exact', 'RegularExpression', 'PathPrefix'],
	dropsConflicts: false,
	redirectsAnyQuery: false,
	wholeRegex: false,
	anyValue: true,
	redirectPort: 'client',
	noBackend: 503,
	externalNames: 'never',
	needsSlices: true,
	takesTlsAnywhere: true,
	grpcByPost: false,
	refusedFilters: ['RequestMirror'],
	unsupportedFilter: 'fails',
	servesUnsupported: false,
	invalidFailsRule: false,
	// Seen by users (traefik/traefik#8974): its entry points answer, with the default certificate.
	answersForeignPorts: true,
};

/** What an ExtensionRef names is read by Traefik's provider of its own kinds; without it the rule answers 500 (seen on 3.6.13). */
const traefikAlone: GatewayProfile = {
	...traefikProfile,
	refusedFilters: [...traefikProfile.refusedFilters, 'ExtensionRef'],
};

export const traefikGateway: GatewaySide = {
	controllerNames: ['traefik.io/gateway-controller'],
	gatewayLabels: [],
	names: ['traefik'],
	bypassesProxy: true,
	// Its Gateway provider, other than its Ingress provider (gateway/kubernetes.go getBackendAddresses).
	chooses: () => 'ready-said',
	profile: ({flags}) => (isOfIdleProvider('@kubernetescrd', flags) ? traefikAlone : traefikProfile),
	answers: () => ({refused: 'http-502', unreachable: 'http-502', dropped: 'http-504'}),
};

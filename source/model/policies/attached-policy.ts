import type {Condition, Labels, Meta} from '../meta.ts';
import type {ObjectRef} from '../ref.ts';

/**
A policy of any group that targets Gateways, routes or backends (GEP-713): Envoy Gateway's, NGINX Gateway Fabric's, GKE's … Its
`name` is `Kind/name`: policies of different kinds may share a name.
*/
export type AttachedPolicy = Meta & {
	readonly policyKind: string;
	readonly group: string;
	readonly ownName: string;
	readonly targets: readonly PolicyTarget[];
	readonly ancestors: readonly PolicyAncestor[];
	readonly gate?: PolicyGate;
	/** Of Envoy Gateway: listeners read the header of the PROXY protocol. */
	readonly proxyProtocol?: {
		/** In `spec`. */
		readonly field: string;
		/** Connections without it are closed. */
		readonly isRequired: boolean;
		/** As it stands there, in a word. */
		readonly value: string;
	};
	/** Where it cannot be carried out, requests pass. */
	readonly failsOpen?: boolean;
};

/** What answers requests in place of a backend. */
export type PolicyGate = {
	/** Where it stands in `spec`. */
	readonly field: string;
	/** What every request gets. Absent: some requests pass, and which is not read. */
	readonly status?: number;
	/** Whoever has credentials passes: others get 401, or a login. */
	readonly asksCredentials?: true;
	/** Services that are asked first; a request that they let in passes. */
	readonly asks?: readonly {readonly namespace?: string; readonly name: string; readonly port: number}[];
	/** What every request gets where none of them answers. */
	readonly whenSilent?: number;
	/** The backend answers, to what the policy puts before the request. */
	readonly isForBackend?: true;
};

/** In the namespace of the policy. */
export type PolicyTarget = {
	readonly kind: string;
	/** Absent where the target is chosen by labels. */
	readonly name?: string;
	readonly matchLabels?: Labels;
	/** A listener of a Gateway, a rule of a route, a port of a Service. */
	readonly sectionName?: string;
};

/** What a controller says of the policy, for one Gateway or for all. */
export type PolicyAncestor = {
	readonly ref?: ObjectRef;
	readonly controllerName?: string;
	readonly conditions: readonly Condition[];
};

/**
Policies that are looked for in a live cluster. In files, any object that has targets and a status for ancestors counts.
Source: the API references of the projects.
*/
export const policyResources: readonly {readonly api: string; readonly plural: string}[] = [
	...[
		'backendtrafficpolicies',
		'clienttrafficpolicies',
		'envoyextensionpolicies',
		'securitypolicies',
		'envoypatchpolicies',
	].map((plural) => ({api: 'gateway.envoyproxy.io/v1alpha1', plural})),
	...[
		'clientsettingspolicies',
		'proxysettingspolicies',
		'snippetspolicies',
		'ratelimitpolicies',
		'upstreamsettingspolicies',
	].map((plural) => ({api: 'gateway.nginx.org/v1alpha1', plural})),
	{api: 'gateway.nginx.org/v1alpha2', plural: 'observabilitypolicies'},
	...['trafficpolicies', 'httplistenerpolicies', 'listenerpolicies', 'backendconfigpolicies'].map(
		(plural) => ({
			api: 'gateway.kgateway.dev/v1alpha1',
			plural,
		}),
	),
	...[
		'healthcheckpolicies',
		'gcpbackendpolicies',
		'gcpgatewaypolicies',
		'gcptrafficdistributionpolicies',
	].map((plural) => ({
		api: 'networking.gke.io/v1',
		plural,
	})),
	...['healthcheckpolicies', 'routepolicies', 'backendtlspolicies', 'frontendtlspolicies'].map((plural) => ({
		api: 'alb.networking.azure.io/v1',
		plural,
	})),
	...['targetgrouppolicies', 'iamauthpolicies', 'vpcassociationpolicies'].map((plural) => ({
		api: 'application-networking.k8s.aws/v1alpha1',
		plural,
	})),
	...['authpolicies', 'ratelimitpolicies', 'dnspolicies', 'tlspolicies'].map((plural) => ({
		api: 'kuadrant.io/v1',
		plural,
	})),
];

import type {IstioDestination, VirtualService} from '../../../model/routes/istio.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {refOf} from '../../../model/ref.ts';
import {envoyAnswers} from '../../controllers/record/answers.ts';
import {istio} from '../../controllers/istio.ts';
import {fullName} from '../../istio/hosts.ts';
import type {NoRequest, RouterOf, RouterProblem} from '../router.ts';
import {decideByVirtualServices} from './decide.ts';
import {gatewayNamed, gatewayNamesOf, gatewaysFor, isGatewayProxy, selects} from './proxy.ts';
import {hostsOf, requestsFor} from './requests.ts';
import {isUnknownHost} from './unserved-host.ts';

export const virtualServices: RouterOf<'VirtualService'> = {
	kind: 'VirtualService',
	listensByPort: true,
	sources: [
		'istio/istio of 2026-08-22: pilot/pkg/networking/core/gateway.go, core/route/route.go, pilot/pkg/model/gateway.go, virtualservice.go, destination_rule.go, push_context.go',
		'istio/istio of 2026-08-22: pilot/pkg/networking/core/gateway_simulation_test.go, pkg/config/host/names_test.go',
		'a running istiod of 2026-08-27 with gateways of Envoy 1.40.0',
	],
	servedBy: [istio],
	hostField: 'spec.hosts',
	wildcard: 'suffix',
	takes: ({labels}) => labels['istio.io/rev'] === undefined || undefined,
	isDataPlane: (snapshot, object, workload) =>
		isGatewayProxy(workload) &&
		gatewaysFor(snapshot, object).some((gateway) => selects(gateway, workload.templateLabels)),
	whyNoDataPlane,
	isUnknownHost,
	whyNoRequest,
	rootsOf,
	// Those for sidecars alone take no request that comes from outside the mesh.
	hostsOf: (_snapshot, object) => (gatewayNamesOf(object).length > 0 ? hostsOf(object) : []),
	requestsOf: (snapshot, object) =>
		rootsOf(snapshot, object).flatMap((root) => requestsFor(snapshot, root, object)),
	routesTo: (object) =>
		destinationsOf(object).flatMap((destination) => {
			const full = fullName(destination.host, {namespace: object.namespace, domain: 'cluster.local'});
			const [name = '', namespace = '', ...rest] = full.split('.');
			// Whatever the domain of the mesh.
			return rest[0] === 'svc' ? [{namespace, name, host: hostsOf(object)[0] ?? ''}] : [];
		}),
	decide: decideByVirtualServices,
	// Envoy has no cluster for it.
	answers: () => ({...envoyAnswers, 'no-backend': 'http-503'}),
};

function destinationsOf({http, tls, tcp}: VirtualService): readonly IstioDestination[] {
	return [...http, ...tls, ...tcp].flatMap(({route}) => route);
}

/** Itself, where it has hosts and a Gateway; a delegate has the roots that name it. */
function rootsOf(snapshot: Snapshot, object: VirtualService): readonly VirtualService[] {
	return object.hosts.length > 0
		? [object].filter((each) => gatewayNamesOf(each).length > 0)
		: snapshot
				.list('VirtualService')
				.filter(
					(root) =>
						gatewayNamesOf(root).length > 0 &&
						root.http.some(({delegate}) => delegate && isNamed(object, delegate, root)),
				);
}

function isNamed(
	{namespace, name}: VirtualService,
	delegate: {readonly namespace: string; readonly name: string},
	root: VirtualService,
): boolean {
	return delegate.name === name && (delegate.namespace || root.namespace) === namespace;
}

/** A Gateway that does not exist, or whose selector takes no gateway. */
function whyNoDataPlane(
	snapshot: Snapshot,
	object: VirtualService,
): Omit<RouterProblem, 'type' | 'ends'> | undefined {
	const [name] = gatewayNamesOf(object);
	const [gateway] = gatewaysFor(snapshot, object);
	if (gateway) {
		const labels = Object.entries(gateway.selector ?? {})
			.map(([key, value]) => `${key}=${value}`)
			.join(',');
		return {
			object: refOf('IstioGateway', gateway),
			field: 'spec.selector',
			value: labels,
			why: `Gateway ${gateway.namespace}/${gateway.name} selects ${labels || 'any gateway'}, and no gateway has that`,
		};
	}

	if (name === undefined || gatewayNamed(snapshot, name)) {
		return undefined;
	}

	// A name without a namespace is looked for in that of the VirtualService (istio.io, VirtualService: gateways).
	const bare = name.split('/')[1];
	const [namesake] = snapshot.list('IstioGateway').filter((each) => each.name === bare);
	return {
		object: refOf('VirtualService', object),
		field: 'spec.gateways',
		value: name,
		why: `Gateway ${name} does not exist${namesake ? `; ${namesake.namespace}/${namesake.name} does` : ''}`,
	};
}

function whyNoRequest(_snapshot: Snapshot, {hosts, gateways}: VirtualService): NoRequest | undefined {
	return hosts.length > 0
		? {
				field: 'spec.gateways',
				value: gateways.length === 0 ? 'absent' : 'mesh',
				why: 'it is for clients with a sidecar (gateway mesh) alone',
				isOpen: true,
			}
		: undefined;
}

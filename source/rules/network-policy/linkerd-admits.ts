import {matchesSelector} from '../../model/matching/label-selector.ts';
import type {
	LinkerdAuthorization,
	LinkerdClients,
	LinkerdServerAuthorization,
} from '../../model/policies/linkerd-authorization.ts';
import type {ForeignPolicy} from '../../model/policies/network-policy.ts';
import type {Route} from '../../model/routes/gateway.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {ServicePort} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {leavesPastLinkerd} from '../mesh/passed-ports.ts';
import {isOfLinkerd} from '../mesh/proxies.ts';
import {isTarget, linkerdRoutesOf, takesAll} from './linkerd-routes.ts';
import {matchPeer} from './match-peer.ts';
import {anyOf, both, type Answer, type Party} from './party.ts';

const kinds = [
	'LinkerdAuthorization',
	'LinkerdServerAuthorization',
	'NetworkAuthentication',
	'MeshTLSAuthentication',
	'LinkerdRoute',
] as const;

/** Of the Gateway API: they may be attached to a Server, too. */
const gatewayRoutes = ['HTTPRoute', 'GRPCRoute'] as const;

/** The proxy sees a client's address alone. */
const byAddress = {
	namespace: '',
	identity: {blocksMeanPods: true, blocksMeanNodes: 'yes', selectorsMeanHostPods: 'no'},
} as const;

/**
Whether a Server of Linkerd admits a client: any AuthorizationPolicy or ServerAuthorization that is about it is enough, and without one
it admits nobody (linkerd.io, Authorization Policy). Once routes are attached, a request that none of them takes is answered with 404, and a
policy for a route admits what that one takes (linkerd2, policy-controller, inbound/index.rs, http_routes and client_authzs).
*/
export function linkerdAdmits(snapshot: Snapshot, server: ForeignPolicy, client: Party): Answer {
	const {namespace} = server;
	const policies = snapshot.list('LinkerdAuthorization', namespace);
	const asked = gatewayRoutes.filter((kind) => policies.some(({target}) => target.kind === kind));
	if ([...kinds, ...asked].some((kind) => !isKnown(snapshot.state(kind, namespace)))) {
		return 'unknown';
	}

	const asking = {snapshot, client, server};
	const byPolicy = anyOf(policies, (policy) => (isAbout(policy, server) ? hasAll(asking, policy) : 'no'));
	const byServer = anyOf(snapshot.list('LinkerdServerAuthorization', namespace), (policy) =>
		isOfServer(policy, server) ? all(policy.clients, (clients) => isOf(asking, clients)) : 'no',
	);
	const toAll = anyOf([byDefault(server, asking), byPolicy, byServer], (answer) => answer);
	const routes = linkerdRoutesOf(snapshot, server);
	const ofRoutes = policies.filter(({target}) => routes.some((route) => isTarget(target, route)));
	const toSome = anyOf(ofRoutes, (policy) => hasAll(asking, policy));
	return routes.length === 0 ? toAll : byRoutes(routes, toAll, toSome);
}

/** `toAll`: whether policies of the Server admit the client; `toSome`: whether a policy of one of its routes does. */
function byRoutes(routes: readonly Route[], toAll: Answer, toSome: Answer): Answer {
	const isOneForAll = routes.some(takesAll);
	if (isOneForAll && routes.length === 1) {
		return anyOf([toAll, toSome], (answer) => answer);
	}

	if (toAll === 'yes') {
		return isOneForAll ? 'yes' : 'unknown';
	}

	return toSome === 'no' ? toAll : 'unknown';
}

type Asking = {
	readonly snapshot: Snapshot;
	readonly client: Party;
	readonly server: ForeignPolicy;
};

/** Ports by which a client may ask for a Server: its own, and those of Services of its namespace that lead to it. */
function portsOf(snapshot: Snapshot, {namespace, port}: ForeignPolicy): readonly number[] {
	const ofServices = snapshot
		.list('Service', namespace)
		.flatMap(({ports}) => ports.flatMap((each) => (leadsTo(each, port) ? [each.port] : [])));
	return typeof port === 'number' ? [port, ...ofServices] : ofServices;
}

/** A name may stand for any number. */
function leadsTo({targetPort}: ServicePort, port: ForeignPolicy['port']): boolean {
	return typeof targetPort !== typeof port || targetPort === port;
}

function byDefault({accessPolicy = 'deny'}: ForeignPolicy, asking: Asking): Answer {
	switch (accessPolicy) {
		case 'deny':
			return 'no';
		case 'all-authenticated':
		case 'cluster-authenticated':
			return isOf(asking, {type: 'meshed', accounts: 'any', isOpen: false});
		case 'cluster-unauthenticated':
			return isOf(asking, {type: 'networks', networks: 'cluster'});
		default:
			return 'unknown';
	}
}

function isAbout({target}: LinkerdAuthorization, {namespace, name}: ForeignPolicy): boolean {
	return (
		(target.kind === 'Server' && target.name === name) ||
		(target.kind === 'Namespace' && target.name === namespace)
	);
}

function isOfServer({server}: LinkerdServerAuthorization, {name, labels}: ForeignPolicy): boolean {
	return server.name === name || (server.selector !== undefined && matchesSelector(server.selector, labels));
}

/**
Without any, every client is meant. A policy that names an authentication that is not there, or two of one kind, counts for nothing
(policy_client_authz).
*/
function hasAll(asking: Asking, {requires}: LinkerdAuthorization): Answer {
	const networks = requires.filter(({kind}) => kind === 'NetworkAuthentication').length;
	const identities = requires.filter(({kind}) =>
		['MeshTLSAuthentication', 'ServiceAccount'].includes(kind),
	).length;
	return networks > 1 || identities > 1 ? 'no' : all(requires, (ref) => satisfies(asking, ref));
}

function satisfies(
	asking: Asking,
	{kind, namespace, name}: LinkerdAuthorization['requires'][number],
): Answer {
	const {snapshot} = asking;
	if (kind === 'ServiceAccount') {
		return isOf(asking, {type: 'meshed', accounts: [{namespace, name}], isOpen: false});
	}

	if (kind !== 'NetworkAuthentication' && kind !== 'MeshTLSAuthentication') {
		return 'unknown';
	}

	const found = snapshot.get(kind, namespace, name);
	return found ? isOf(asking, found.clients) : isKnown(snapshot.state(kind, namespace)) ? 'no' : 'unknown';
}

function all<T>(items: readonly T[], test: (item: T) => Answer): Answer {
	return items.reduce<Answer>((answer, item) => both(answer, () => test(item)), 'yes');
}

function isOf(asking: Asking, clients: LinkerdClients): Answer {
	const {client} = asking;
	if (client.type === 'anybody') {
		return 'yes';
	}

	if (clients.type === 'meshed') {
		return client.type === 'pod' ? isMeshed(asking, clients, client.pod) : 'no';
	}

	const isIn =
		clients.networks === 'cluster'
			? client.type === 'pod'
			: clients.networks.some((ipBlock) => matchPeer({ipBlock}, client, byAddress) === 'yes');
	// On its way a packet may have got another source address.
	return isIn ? 'yes' : 'unknown';
}

function isMeshed(
	{snapshot, server}: Asking,
	{accounts, isOpen}: Extract<LinkerdClients, {readonly type: 'meshed'}>,
	pod: Pod,
): Answer {
	if (!isOfLinkerd(pod)) {
		return 'no';
	}

	const own = pod.serviceAccount ?? 'default';
	const isNamed =
		accounts === 'any' ||
		accounts.some(({namespace, name}) => namespace === pod.namespace && (name === '*' || name === own));
	if (!isNamed) {
		return isOpen ? 'unknown' : 'no';
	}

	// Which of these ports the client asks for is not known here.
	return leavesPastLinkerd(pod, () => portsOf(snapshot, server)) ? 'unknown' : 'yes';
}

import {matchesSelector} from '../../model/matching/label-selector.ts';
import type {
	LinkerdAuthorization,
	LinkerdClients,
	LinkerdServerAuthorization,
} from '../../model/policies/linkerd-authorization.ts';
import type {ForeignPolicy} from '../../model/policies/network-policy.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {isOfLinkerd} from '../mesh/proxies.ts';
import {matchPeer} from './match-peer.ts';
import {anyOf, both, type Answer, type Party} from './party.ts';

const kinds = [
	'LinkerdAuthorization',
	'LinkerdServerAuthorization',
	'NetworkAuthentication',
	'MeshTLSAuthentication',
] as const;

/** The proxy sees a client's address alone. */
const byAddress = {
	namespace: '',
	identity: {blocksMeanPods: true, blocksMeanNodes: 'yes', selectorsMeanHostPods: 'no'},
} as const;

/**
Whether a Server of Linkerd admits a client: any AuthorizationPolicy or ServerAuthorization that is about it is enough, and without one
it admits nobody (linkerd.io, Authorization Policy). A policy for a route admits some requests, which is not followed.
*/
export function linkerdAdmits(snapshot: Snapshot, server: ForeignPolicy, client: Party): Answer {
	const {namespace} = server;
	if (kinds.some((kind) => !isKnown(snapshot.state(kind, namespace)))) {
		return 'unknown';
	}

	const byPolicy = anyOf(snapshot.list('LinkerdAuthorization', namespace), (policy) =>
		both(isAbout(policy, server), () => hasAll(snapshot, policy, client)),
	);
	const byServer = anyOf(snapshot.list('LinkerdServerAuthorization', namespace), (policy) =>
		isOfServer(policy, server) ? all(policy.clients, (clients) => isOf(clients, client)) : 'no',
	);
	return anyOf([byDefault(server, client), byPolicy, byServer], (answer) => answer);
}

function byDefault({accessPolicy = 'deny'}: ForeignPolicy, client: Party): Answer {
	switch (accessPolicy) {
		case 'deny':
			return 'no';
		case 'all-authenticated':
		case 'cluster-authenticated':
			return isOf({type: 'meshed', accounts: 'any', isOpen: false}, client);
		case 'cluster-unauthenticated':
			return isOf({type: 'networks', networks: 'cluster'}, client);
		default:
			return 'unknown';
	}
}

function isAbout({target}: LinkerdAuthorization, {namespace, name}: ForeignPolicy): Answer {
	switch (target.kind) {
		case 'Server':
			return target.name === name ? 'yes' : 'no';
		case 'Namespace':
			return target.name === namespace ? 'yes' : 'no';
		default:
			return 'unknown';
	}
}

function isOfServer({server}: LinkerdServerAuthorization, {name, labels}: ForeignPolicy): boolean {
	return server.name === name || (server.selector !== undefined && matchesSelector(server.selector, labels));
}

/** Where an authentication is not there the policy counts for nothing; what none at all means is not known here. */
function hasAll(snapshot: Snapshot, {requires}: LinkerdAuthorization, client: Party): Answer {
	return requires.length === 0
		? 'unknown'
		: all(requires, ({kind, namespace, name}) => {
				if (kind === 'ServiceAccount') {
					return isOf({type: 'meshed', accounts: [{namespace, name}], isOpen: false}, client);
				}

				if (kind !== 'NetworkAuthentication' && kind !== 'MeshTLSAuthentication') {
					return 'unknown';
				}

				const found = snapshot.get(kind, namespace, name);
				return found
					? isOf(found.clients, client)
					: isKnown(snapshot.state(kind, namespace))
						? 'no'
						: 'unknown';
			});
}

function all<T>(items: readonly T[], test: (item: T) => Answer): Answer {
	return items.reduce<Answer>((answer, item) => both(answer, () => test(item)), 'yes');
}

function isOf(clients: LinkerdClients, client: Party): Answer {
	if (client.type === 'anybody') {
		return 'yes';
	}

	if (clients.type === 'meshed') {
		return client.type === 'pod' ? isMeshed(clients, client.pod) : 'no';
	}

	const isIn =
		clients.networks === 'cluster'
			? client.type === 'pod'
			: clients.networks.some((ipBlock) => matchPeer({ipBlock}, client, byAddress) === 'yes');
	// On its way a packet may have got another source address.
	return isIn ? 'yes' : 'unknown';
}

function isMeshed({accounts, isOpen}: Extract<LinkerdClients, {readonly type: 'meshed'}>, pod: Pod): Answer {
	if (!isOfLinkerd(pod)) {
		return 'no';
	}

	const own = pod.serviceAccount ?? 'default';
	const isNamed =
		accounts === 'any' ||
		accounts.some(({namespace, name}) => namespace === pod.namespace && (name === '*' || name === own));
	return isNamed ? 'yes' : isOpen ? 'unknown' : 'no';
}

import {isWithin, parseIp, sameIp} from '../../model/matching/ip.ts';
import {matchesSelector} from '../../model/matching/label-selector.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {CiliumAnnouncement} from '../../model/services/cilium-announcement.ts';
import type {Service} from '../../model/services/service.ts';
import {isHeld, isKnown, type Snapshot} from '../../model/snapshot.ts';
import {rememberRead} from '../memoize.ts';
import {nodeOfAddress} from '../node-of-address.ts';
import {isAskedOfKubeVip, kubeVipOf} from './announcer.ts';
import {localEndpointNodes} from './local-endpoints.ts';

const kinds = ['CiliumL2AnnouncementPolicy', 'CiliumBGPAdvertisement', 'CiliumBGPPeeringPolicy'] as const;

/** No object of Cilium announces the address that it gave a Service. */
type Unannounced = {
	/** Those that announce addresses of load balancers at all. */
	readonly others: readonly ObjectRef[];
	/** An announced Service with an address of the same network: the network is no route to the nodes. */
	readonly neighbour?: Service;
};

/**
LB IPAM gives addresses; L2 announcement policies and BGP advertisements make them answer (Cilium, LoadBalancer IP Address Management).
Undefined: it is announced, or answers without; or their objects are not known.
*/
export function unannouncedByCilium(snapshot: Snapshot, service: Service): Unannounced | undefined {
	// Its operator installs the kinds: where they are absent, something else gave the address.
	const isHere = isHeld(snapshot.state('CiliumL2AnnouncementPolicy'));
	if (!isHere || !kinds.every((kind) => isKnown(snapshot.state(kind)) || isOlder(snapshot, kind))) {
		return undefined;
	}

	const announced = announcedServices(snapshot, snapshot.version);
	// Services with one sharing key have one address: it answers for all of them (LB IPAM, Sharing Keys).
	if (announced.some((each) => hasSome(each, service, sameIp)) || answersWithout(snapshot, service)) {
		return undefined;
	}

	return {
		others: kinds.flatMap((kind) =>
			snapshot
				.list(kind)
				.filter(({serviceSelectors}) => serviceSelectors.length > 0)
				.map((object) => refOf(kind, object)),
		),
		neighbour: announced.find((each) => hasSome(each, service, isSameNetwork)),
	};
}

/** Advertisements take the place of peering policies, which Cilium 1.18 no longer has. */
function isOlder(snapshot: Snapshot, kind: (typeof kinds)[number]): boolean {
	return kind === 'CiliumBGPPeeringPolicy' && snapshot.state(kind).state === 'absent';
}

const announcedServices = rememberRead((snapshot: Snapshot, _version: object): readonly Service[] => {
	const announcements = kinds.flatMap((kind) =>
		snapshot
			.list(kind)
			.filter((object) => selectsNode(snapshot, object))
			.map((object) => ({kind, ...object})),
	);
	const speakers = speakersOf(snapshot);
	return snapshot
		.list('Service')
		.filter(({type}) => type === 'LoadBalancer')
		.filter((service) =>
			announcements.some(
				({kind, serviceSelectors}) =>
					serviceSelectors.some((selector) => matchesSelector(selector, labelsFor(service))) &&
					(kind !== 'CiliumBGPAdvertisement' || isAdvertised(snapshot, service, speakers)),
			),
		);
});

/**
Nodes that a CiliumBGPClusterConfig selects advertise; under policy Local only those of them with an endpoint (Cilium, BGP Control
Plane Resources, externalTrafficPolicy). The Service of Cilium's Ingress or Gateway has no selector, and its only endpoint is a placeholder
on no node. Where the selected nodes are not known, it is taken to be advertised.
*/
function isAdvertised(
	snapshot: Snapshot,
	service: Service,
	speakers: ReadonlySet<string> | undefined,
): boolean {
	if (!speakers) {
		return true;
	}

	const local = service.selector ? localEndpointNodes(snapshot, service) : undefined;
	return [...(local ?? speakers)].some((name) => speakers.has(name));
}

/** Names of the nodes that a CiliumBGPClusterConfig selects. Undefined: not known. */
function speakersOf(snapshot: Snapshot): ReadonlySet<string> | undefined {
	if (!isKnown(snapshot.state('CiliumBGPClusterConfig')) || !isKnown(snapshot.state('Node'))) {
		return undefined;
	}

	const selectors = snapshot.list('CiliumBGPClusterConfig').map(({nodeSelector}) => nodeSelector);
	const nodes = snapshot
		.list('Node')
		.filter(({labels}) =>
			selectors.some((selector) => selector === undefined || matchesSelector(selector, labels)),
		);
	return new Set(nodes.map(({name}) => name));
}

/** Its selectors may also ask for name and namespace (Cilium, L2 Announcements, Service Selector). */
export function labelsFor({labels, name, namespace}: Service): Service['labels'] {
	return {
		...labels,
		'io.kubernetes.service.name': name,
		'io.kubernetes.service.namespace': namespace,
	};
}

function selectsNode(snapshot: Snapshot, {nodeSelector}: CiliumAnnouncement): boolean {
	const nodes = snapshot.list('Node');
	return (
		nodeSelector === undefined ||
		nodes.length === 0 ||
		nodes.some(({labels}) => matchesSelector(nodeSelector, labels))
	);
}

/**
A pool may hold addresses of nodes, which answer by themselves. kube-vip announces what it is asked for, whoever gave it. A hostname
is not of LB IPAM.
*/
function answersWithout(snapshot: Snapshot, service: Service): boolean {
	const isAsked =
		isAskedOfKubeVip(service) || (service.loadBalancerIP !== undefined && kubeVipOf(snapshot) !== undefined);
	return (
		isAsked ||
		service.loadBalancer.some(
			({hostname, ip}) =>
				hostname !== undefined || (ip !== undefined && nodeOfAddress(snapshot, ip) !== undefined),
		)
	);
}

function hasSome(one: Service, other: Service, test: (a: string, b: string) => boolean): boolean {
	return one.loadBalancer.some(({ip: a = ''}) =>
		other.loadBalancer.some(({ip: b = ''}) => a !== '' && b !== '' && test(a, b)),
	);
}

/** Of one /24, or /64 of IPv6: the usual size of a network, which no object says. */
function isSameNetwork(one: string, other: string): boolean {
	const ip = parseIp(one);
	return ip !== undefined && isWithin(ip, `${other}/${ip.family === 'IPv4' ? 24 : 64}`);
}

import {matchesSelector} from '../../model/matching/label-selector.ts';
import {refOf, type ObjectRef} from '../../model/ref.ts';
import type {CiliumAnnouncement} from '../../model/services/cilium-announcement.ts';
import type {Service} from '../../model/services/service.ts';
import {isHeld, isKnown, type Snapshot} from '../../model/snapshot.ts';

const kinds = ['CiliumL2AnnouncementPolicy', 'CiliumBGPAdvertisement', 'CiliumBGPPeeringPolicy'] as const;

/** What Cilium does with the address that it gave a Service. */
type CiliumAnnounced = {
	/** The objects that announce it. */
	readonly by: readonly ObjectRef[];
	/** Those that announce other addresses. */
	readonly others: readonly ObjectRef[];
};

/**
LB IPAM gives addresses; L2 announcement policies and BGP advertisements make them answer (Cilium, LoadBalancer IP Address Management).
Undefined: their objects are not known.
*/
export function ciliumAnnounced(snapshot: Snapshot, service: Service): CiliumAnnounced | undefined {
	// Its operator installs the kinds: where they are absent, something else gave the address.
	const isHere = isHeld(snapshot.state('CiliumL2AnnouncementPolicy'));
	if (!isHere || !kinds.every((kind) => isKnown(snapshot.state(kind)) || isOlder(snapshot, kind))) {
		return undefined;
	}

	// Metadata that its selectors may ask for beside labels (Cilium, L2 Announcements, Service Selector).
	const labels = {
		...service.labels,
		'io.kubernetes.service.name': service.name,
		'io.kubernetes.service.namespace': service.namespace,
	};
	const announces = (object: CiliumAnnouncement): boolean =>
		object.serviceSelectors.some((selector) => matchesSelector(selector, labels)) &&
		selectsNode(snapshot, object);
	const all = kinds.flatMap((kind) => snapshot.list(kind).map((object) => ({kind, object})));
	const [by = [], others = []] = [true, false].map((wanted) =>
		all.filter(({object}) => announces(object) === wanted).map(({kind, object}) => refOf(kind, object)),
	);
	return {by, others};
}

/** Advertisements take the place of peering policies, which Cilium 1.18 no longer has. */
function isOlder(snapshot: Snapshot, kind: (typeof kinds)[number]): boolean {
	return kind === 'CiliumBGPPeeringPolicy' && snapshot.state(kind).state === 'absent';
}

function selectsNode(snapshot: Snapshot, {nodeSelector}: CiliumAnnouncement): boolean {
	const nodes = snapshot.list('Node');
	return (
		nodeSelector === undefined ||
		nodes.length === 0 ||
		nodes.some(({labels}) => matchesSelector(nodeSelector, labels))
	);
}

import type {Kind} from '../model/kinds.ts';
import type {Pod} from '../model/workloads/pod.ts';
import type {EndpointSlice} from '../model/services/endpoint-slice.ts';
import type {Reads} from '../model/recording-snapshot.ts';
import type {Snapshot} from '../model/snapshot.ts';
import type {KeptChange} from './ring.ts';

/** What a path was decided from. */
export type DecidedFrom = {
	/** `Kind/namespace/name`: looked up, named by the path, or owner of a pod of it. */
	readonly objects: ReadonlySet<string>;
	/** Kinds whose lists were read: any object of them may have decided. */
	readonly listed: ReadonlySet<Kind>;
	/** Of the subjects of its hops. */
	readonly namespaces: ReadonlySet<string>;
};

/** Objects of these kinds are looked up one by one where they matter; a list of them says little. */
const single: ReadonlySet<Kind> = new Set<Kind>([
	'Namespace',
	'Node',
	'Service',
	'EndpointSlice',
	'Pod',
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'ReplicaSet',
	'Event',
	'Secret',
	'ConfigMap',
]);

export function decidedFrom(
	snapshot: Snapshot,
	{
		looked,
		named,
		namespaces,
		reads,
	}: {
		readonly looked: ReadonlySet<string>;
		/** `Kind/namespace/name`, or `Kind/name`. */
		readonly named: readonly string[];
		readonly namespaces: ReadonlySet<string>;
		readonly reads: Reads;
	},
): DecidedFrom {
	const objects = new Set([...looked, ...named.map(withPlace)]);
	for (const key of [...objects].filter((each) => each.startsWith('Pod/'))) {
		const [, namespace = '', name = ''] = key.split('/');
		const pod = snapshot.get('Pod', namespace, name);
		ownersOf(pod).forEach((owner) => objects.add(owner));
	}

	return {objects, listed: new Set([...reads.keys()].filter((kind) => !single.has(kind))), namespaces};
}

/** `Node/a` → `Node//a`: as stores write keys. */
function withPlace(object: string): string {
	const parts = object.split('/');
	return parts.length === 2 ? `${parts[0]}//${parts[1]}` : object;
}

/** The owner of a pod, and the Deployment behind its ReplicaSet: that is named `DEPLOYMENT-HASH` (deployment/sync.go). */
function ownersOf(pod: Partial<Pod> | undefined): readonly string[] {
	const {owner, namespace = '', labels} = pod ?? {};
	if (!owner) {
		return [];
	}

	const hash = labels?.['pod-template-hash'];
	const deployment =
		owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`)
			? [`Deployment/${namespace}/${owner.name.slice(0, -hash.length - 1)}`]
			: [];
	return [`${owner.kind}/${namespace}/${owner.name}`, ...deployment];
}

/** Whether a change is one of what a path was decided from, be the object gone by now. */
export function isOfPath(change: KeptChange, {objects, listed, namespaces}: DecidedFrom): boolean {
	const {key, kind, namespace, before} = change;
	if (objects.has(key)) {
		return true;
	}

	if (kind === 'Pod') {
		return ownersOf(before as Partial<Pod> | undefined).some((owner) => objects.has(owner));
	}

	const service =
		kind === 'EndpointSlice' ? (before as Partial<EndpointSlice> | undefined)?.service : undefined;
	return service === undefined
		? listed.has(kind) && (namespace === '' || namespaces.has(namespace)) && !isAddressOfIngress(change)
		: objects.has(`Service/${namespace}/${service}`);
}

/** The address of another Ingress decides nothing here: a controller that starts writes it on each of them. */
function isAddressOfIngress({kind, type, fields}: KeptChange): boolean {
	return kind === 'Ingress' && type === 'changed' && fields.every(({path}) => path.startsWith('addresses'));
}

/** Whether a change is worth telling: Events are no change, and neither is what no field of the projection shows. */
export function isTold({kind, type, fields}: KeptChange): boolean {
	return kind !== 'Event' && (type !== 'changed' || fields.length > 0);
}

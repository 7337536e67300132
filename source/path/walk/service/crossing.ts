import type {ObjectRef} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Entry, Path} from '../../report.ts';

/** Entries whose paths cross a pod or a node: by an endpoint of a Service that they lead to, that of a load balancer included. */
export type Crossing = {
	/** A Pod or a Node. */
	readonly ref: ObjectRef;
	/** Ids of entries that are listed; absent until they are known. */
	readonly entries?: readonly string[];
};

/** `leadsTo`: Services on the way besides its own, as `namespace/name`. */
type Walked = Pick<Entry, 'id' | 'subject'> & {readonly leadsTo?: readonly string[]};

export function crossing(ref: ObjectRef, walked: readonly Walked[], snapshot: Snapshot): Crossing {
	const known = new Map<string, boolean>();
	const isOn = (service: string): boolean => {
		const on = known.get(service) ?? isServedOn(ref, service, snapshot);
		known.set(service, on);
		return on;
	};
	return {ref, entries: walked.filter((entry) => servicesOf(entry).some(isOn)).map(({id}) => id)};
}

/** Services on the way, as `namespace/name`; absent where there is only the one that the entry is. */
export function servicesBeside(paths: readonly Path[], own: ObjectRef): readonly string[] | undefined {
	const subjects = paths.flatMap(({hops}) => hops).flatMap(({subject}) => subject ?? []);
	const names = new Set(subjects.filter(({kind}) => kind === 'Service').map(nameOf));
	names.delete(own.kind === 'Service' ? nameOf(own) : '');
	return names.size === 0 ? undefined : [...names];
}

function servicesOf({subject, leadsTo = []}: Walked): readonly string[] {
	return subject.kind === 'Service' ? [nameOf(subject), ...leadsTo] : leadsTo;
}

function nameOf({namespace = '', name}: ObjectRef): string {
	return `${namespace}/${name}`;
}

function isServedOn(ref: ObjectRef, service: string, snapshot: Snapshot): boolean {
	const [namespace = '', name = ''] = service.split('/');
	return snapshot
		.slicesOf(namespace, name)
		.flatMap(({endpoints}) => endpoints)
		.some(({pod, nodeName}) =>
			ref.kind === 'Node' ? nodeName === ref.name : pod?.name === ref.name && pod.namespace === ref.namespace,
		);
}

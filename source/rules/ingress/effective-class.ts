import type {Ingress} from '../../model/ingress.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {legacyClass} from './claims.ts';

/**
The class that an Ingress asks for: `ingressClassName`, else the older annotation. A default class is filled in at
admission only, so an Ingress of a server that has none stays without; a manifest will get it when it is applied.
*/
export function effectiveClass(snapshot: Snapshot, ingress: Ingress): string | undefined {
	const requested = ingress.className ?? ingress.annotations[legacyClass];
	return requested ?? (ingress.resourceVersion === '' ? defaultClass(snapshot) : undefined);
}

/** Of several default classes admission takes the newest, then by name (DefaultIngressClass plugin). */
function defaultClass(snapshot: Snapshot): string | undefined {
	const [first] = snapshot
		.list('IngressClass')
		.filter(({isDefault}) => isDefault)
		.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0) || (a.name < b.name ? -1 : 1));
	return first?.name;
}

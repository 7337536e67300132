import type {Ingress} from '../../model/routes/ingress.ts';
import type {Snapshot} from '../../model/snapshot.ts';

/** Annotation that named the class before IngressClass did. */
export const legacyClass = 'kubernetes.io/ingress.class';

const classOfContour = 'projectcontour.io/ingress.class';

/** What an Ingress says of its class: `ingressClassName`, the older annotation, and the one that Contour alone reads. */
export type RequestedClass = {
	readonly className?: string;
	readonly annotation?: string;
	readonly ofContour?: string;
	/** Where a controller of the class watches some namespaces only: the one of the Ingress. */
	readonly namespace?: string;
};

/**
A default class is filled in at admission only, so an Ingress of a server that has none stays without; a manifest will get it when it
is applied.
*/
export function requestedClass(snapshot: Snapshot, ingress: Ingress): RequestedClass {
	const {className, annotations, resourceVersion} = ingress;
	const annotation = annotations[legacyClass];
	return className === undefined && annotation === undefined && resourceVersion === ''
		? {className: defaultClass(snapshot)}
		: {className, annotation, ofContour: annotations[classOfContour]};
}

/** Admission takes the newest of several default classes, then by name (DefaultIngressClass plugin). */
function defaultClass(snapshot: Snapshot): string | undefined {
	const [first] = snapshot
		.list('IngressClass')
		.filter(({isDefault}) => isDefault)
		.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0) || (a.name < b.name ? -1 : 1));
	return first?.name;
}

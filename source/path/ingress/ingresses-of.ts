import type {Ingress} from '../../model/ingress.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Controller} from '../resolver.ts';
import {claims, legacyClass} from './claims.ts';
import {effectiveClass} from './effective-class.ts';

/** All that a controller serves, of every namespace and of all its classes. */
export function ingressesOf(snapshot: Snapshot, controller: Controller): readonly Ingress[] {
	const classes = snapshot.list('IngressClass');
	return snapshot
		.list('Ingress')
		.filter((ingress) => claims(controller, asAdmitted(snapshot, ingress), classes));
}

/** A manifest that no server has seen will be given the default class when it is applied. */
function asAdmitted(snapshot: Snapshot, ingress: Ingress): Ingress {
	return ingress.annotations[legacyClass] === undefined
		? {...ingress, className: effectiveClass(snapshot, ingress)}
		: ingress;
}

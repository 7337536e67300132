import type {Ingress, IngressClass} from '../../model/ingress.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {memoizeBy} from '../memo.ts';
import {claims, legacyClass} from './claims.ts';
import {effectiveClass} from './effective-class.ts';
import type {Controller} from '../controllers/controller.ts';

/** All that a controller serves, of every namespace and of all its classes. */
export function ingressesOf(snapshot: Snapshot, controller: Controller): readonly Ingress[] {
	const {profile, controllerName, className, flags} = controller;
	const key = JSON.stringify([profile, controllerName, className, flags]);
	const known = served(snapshot.list('Ingress'), key);
	const classes = snapshot.list('IngressClass');
	if (known.classes !== classes) {
		known.classes = classes;
		known.ingresses = snapshot
			.list('Ingress')
			.filter((ingress) => claims(controller, asAdmitted(snapshot, ingress), classes));
	}

	return known.ingresses;
}

// Every walk of a controller's rules asks for the same list.
const served = memoizeBy(
	(
		_all: readonly Ingress[],
		_controller: string,
	): {classes?: readonly IngressClass[]; ingresses: readonly Ingress[]} => ({ingresses: []}),
);

/** A manifest that no server has seen will be given the default class when it is applied. */
function asAdmitted(snapshot: Snapshot, ingress: Ingress): Ingress {
	return ingress.annotations[legacyClass] === undefined
		? {...ingress, className: effectiveClass(snapshot, ingress)}
		: ingress;
}

import type {Ingress, IngressClass} from '../../model/ingress.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {requestedClass} from '../ingress/requested-class.ts';
import {memoizeBy} from '../memo.ts';
import type {Controller} from './record/controller.ts';
import type {Flags} from './record/facts.ts';
import {ingressSide} from './records.ts';

/** All that a controller serves, of every namespace and of all its classes. */
export function ingressesOf(snapshot: Snapshot, controller: Controller): readonly Ingress[] {
	const {implementation, controllerName, className, flags} = controller;
	const key = JSON.stringify([implementation, controllerName, className, flags]);
	const known = served(snapshot.list('Ingress'), key);
	const classes = snapshot.list('IngressClass');
	if (known.classes !== classes) {
		known.classes = classes;
		known.ingresses = snapshot.list('Ingress').filter((ingress) => takes(snapshot, controller, ingress));
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

function takes(snapshot: Snapshot, controller: Controller, ingress: Ingress): boolean {
	const claimant = {flags: controller.flags, classes: classesOf(snapshot)};
	return (
		ingressSide(controller).takes(requestedClass(snapshot, ingress), claimant) === true &&
		!whyNotWatched(controller, ingress)
	);
}

/** Undefined where they cannot be read. */
export function classesOf(snapshot: Snapshot): readonly IngressClass[] | undefined {
	return isKnown(snapshot.state('IngressClass')) ? snapshot.list('IngressClass') : undefined;
}

/** A flag that keeps the controller from this Ingress, as `--flag=value`. */
export function whyNotWatched(
	controller: Pick<Controller, 'record'> & {readonly flags: Flags},
	ingress: Ingress,
): string | undefined {
	const name = controller.record.ingress?.namespaceFlag ?? '';
	const value = controller.flags[name];
	return value && !value.split(',').some((namespace) => namespace.trim() === ingress.namespace)
		? `--${name}=${value}`
		: undefined;
}

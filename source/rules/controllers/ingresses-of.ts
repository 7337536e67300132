import type {Ingress, IngressClass} from '../../model/routes/ingress.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {requestedClass} from '../ingress/requested-class.ts';
import {memoizeBy} from '../memoize.ts';
import type {Controller} from './record/controller.ts';
import {ingressSide} from './records.ts';

/** All that a controller serves, of every namespace and of all its classes. */
export function ingressesOf(snapshot: Snapshot, controller: Controller): readonly Ingress[] {
	const {implementation, controllerName, className, flags, workload} = controller;
	const key = JSON.stringify([implementation, controllerName, className, flags, workload?.namespace]);
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

/**
A flag that keeps the controller from this Ingress, as `--flag=value`. The charts give the variable POD_NAMESPACE, by the
downward API, to the pods of all these controllers. The value of another variable is not known: it may name any namespace.
*/
export function whyNotWatched(
	{record, flags, workload}: Watcher,
	{namespace}: Pick<Ingress, 'namespace'>,
): string | undefined {
	const name = record.ingress?.namespaceFlag ?? '';
	const value = flags[name] ?? '';
	const watched = value.replaceAll('$(POD_NAMESPACE)', workload?.namespace ?? '');
	const mayBeWatched = watched.includes('$(') || watched.split(',').some((each) => each.trim() === namespace);
	return value && !mayBeWatched ? `--${name}=${value}` : undefined;
}

type Watcher = Pick<Controller, 'record' | 'flags'> & {readonly workload?: {readonly namespace?: string}};

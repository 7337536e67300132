import type {Ingress, IngressClass} from '../../model/routes/ingress.ts';
import {matchesSelector} from '../../model/matching/label-selector.ts';
import {parseSelector} from '../../model/matching/parse-selector.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {Namespace} from '../../model/workloads/namespace.ts';
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
	const labelled = selectorFlag(controller) ? snapshot.list('Namespace') : undefined;
	if (known.classes !== classes || known.labelled !== labelled) {
		known.classes = classes;
		known.labelled = labelled;
		known.ingresses = snapshot.list('Ingress').filter((ingress) => takes(snapshot, controller, ingress));
	}

	return known.ingresses;
}

// Every walk of a controller's rules asks for the same list.
const served = memoizeBy(
	(
		_all: readonly Ingress[],
		_controller: string,
	): {
		classes?: readonly IngressClass[];
		labelled?: readonly Namespace[];
		ingresses: readonly Ingress[];
	} => ({ingresses: []}),
);

function takes(snapshot: Snapshot, controller: Controller, ingress: Ingress): boolean {
	const claimant = {flags: controller.flags, classes: classesOf(snapshot)};
	return (
		ingressSide(controller).takes(requestedClass(snapshot, ingress), claimant) === true &&
		!whyNotWatched(snapshot, controller, ingress)
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
	snapshot: Snapshot,
	{record, flags, workload}: Watcher,
	{namespace}: Pick<Ingress, 'namespace'>,
): string | undefined {
	const flag = limitingFlag({record, flags});
	if (!flag) {
		return whyNotSelected(snapshot, {record, flags}, namespace);
	}

	const named = flag.value.replaceAll('$(POD_NAMESPACE)', workload?.namespace ?? '');
	const isNamed = named.split(',').some((each) => each.trim() === namespace);
	const isLeftOut = flag.excludes ? isNamed : !isNamed && !named.includes('$(');
	return isLeftOut ? `--${flag.name}=${flag.value}` : undefined;
}

/** A namespace that is not read counts as selected. */
function whyNotSelected(
	snapshot: Snapshot,
	watcher: Pick<Watcher, 'record' | 'flags'>,
	namespace: string,
): string | undefined {
	const flag = selectorFlag(watcher);
	const selector = flag && parseSelector(flag.value);
	const labels = selector && snapshot.get('Namespace', '', namespace)?.labels;
	return labels && !matchesSelector(selector, labels) ? `--${flag.name}=${flag.value}` : undefined;
}

/** The flag that names the labels of the namespaces that a controller looks at. */
export function selectorFlag({
	record: {ingress},
	flags,
}: Pick<Watcher, 'record' | 'flags'>): {readonly name: string; readonly value: string} | undefined {
	const name = ingress?.namespaceSelectorFlag ?? '';
	const value = flags[name] ?? '';
	return value === '' ? undefined : {name, value};
}

/** The flag by which a controller looks at some namespaces only. The one that names them goes before the one that excepts some. */
export function limitingFlag({
	record: {ingress},
	flags,
}: Pick<Watcher, 'record' | 'flags'>): Limit | undefined {
	const limits = [
		{name: ingress?.namespaceFlag, excludes: false},
		{name: ingress?.exceptedNamespaceFlag, excludes: true},
	];
	return limits
		.map(({name = '', excludes}) => ({name, excludes, value: flags[name] ?? ''}))
		.find(({value}) => value !== '');
}

type Limit = {readonly name: string; readonly value: string; readonly excludes: boolean};

type Watcher = Pick<Controller, 'record' | 'flags'> & {readonly workload?: {readonly namespace?: string}};

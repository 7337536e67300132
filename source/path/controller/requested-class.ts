import type {Ingress} from '../../model/ingress.ts';
import {lookup, type Snapshot} from '../../model/snapshot.ts';

/** What an Ingress asks for, as far as IngressClass objects tell. */
export type RequestedClass =
	/** The IngressClass exists. */
	| {readonly type: 'class'; readonly className: string; readonly controllerName: string}
	/** `ingressClassName` names no IngressClass. */
	| {readonly type: 'missing'; readonly className: string}
	/** The older annotation, and no IngressClass of that name. */
	| {readonly type: 'annotation'; readonly className: string}
	/** IngressClasses cannot be read. */
	| {readonly type: 'unknown'; readonly className: string}
	| {readonly type: 'none'};

/** `className` as `effectiveClass` gives it, for Ingresses that share it. */
export function requestedClass(
	snapshot: Snapshot,
	className: string | undefined,
	ingresses: readonly Ingress[],
): RequestedClass {
	if (className === undefined) {
		return {type: 'none'};
	}

	const requested = lookup(snapshot, 'IngressClass', '', className);
	if ('found' in requested) {
		return {type: 'class', className, controllerName: requested.found.controller};
	}

	if (ingresses.length > 0 && ingresses.every((ingress) => ingress.className === undefined)) {
		return {type: 'annotation', className};
	}

	return 'missing' in requested ? {type: 'missing', className} : {type: 'unknown', className};
}

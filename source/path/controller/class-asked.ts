import type {Ingress} from '../../model/ingress.ts';
import {lookup, type Snapshot} from '../../model/snapshot.ts';

/** What an Ingress asks for, as far as IngressClass objects tell. */
export type ClassAsked =
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
export function classAsked(
	snapshot: Snapshot,
	className: string | undefined,
	ingresses: readonly Ingress[],
): ClassAsked {
	if (className === undefined) {
		return {type: 'none'};
	}

	const asked = lookup(snapshot, 'IngressClass', '', className);
	if ('found' in asked) {
		return {type: 'class', className, controllerName: asked.found.controller};
	}

	if (ingresses.length > 0 && ingresses.every((ingress) => ingress.className === undefined)) {
		return {type: 'annotation', className};
	}

	return 'missing' in asked ? {type: 'missing', className} : {type: 'unknown', className};
}

import {lookup, type Snapshot} from '../../model/snapshot.ts';
import type {RequestedClass} from '../../rules/ingress/requested-class.ts';

/** What an Ingress asks for, as far as IngressClass objects tell. */
export type ClassRequest =
	/** The IngressClass exists. */
	| {readonly type: 'class'; readonly className: string; readonly controllerName: string}
	/** `ingressClassName` names no IngressClass. */
	| {readonly type: 'missing'; readonly className: string}
	/** By the older annotation. */
	| {readonly type: 'annotation'; readonly className: string}
	/** IngressClasses cannot be read. */
	| {readonly type: 'unknown'; readonly className: string}
	| {readonly type: 'none'};

export function classRequest(snapshot: Snapshot, {className, annotation}: RequestedClass): ClassRequest {
	if (className === undefined) {
		return annotation === undefined ? {type: 'none'} : {type: 'annotation', className: annotation};
	}

	const found = lookup(snapshot, 'IngressClass', '', className);
	return 'found' in found
		? {type: 'class', className, controllerName: found.found.controller}
		: {type: 'missing' in found ? 'missing' : 'unknown', className};
}

import type {Effect} from '../reflector/types.ts';
import type {Selection} from '../../model/kind-facts.ts';

type ListEffect = Extract<Effect, {type: 'list'}>;
type WatchEffect = Extract<Effect, {type: 'watch'}>;
type Query = Readonly<Record<string, string>>;

/** Query of a list. Source: Kubernetes API concepts, "The resourceVersion parameter" and "Retrieving large results". */
export function listQuery(effect: ListEffect, selection?: Selection): Query {
	return {
		...selectorOf(selection),
		...(effect.limit > 0 && {limit: String(effect.limit)}),
		...(effect.resourceVersion !== '' && {resourceVersion: effect.resourceVersion}),
		...(effect.continue !== '' && {continue: effect.continue}),
	};
}

/** Query of a watch, or of a WatchList (KEP-3157). */
export function watchQuery(effect: WatchEffect, selection?: Selection): Query {
	return {
		...selectorOf(selection),
		watch: 'true',
		allowWatchBookmarks: 'true',
		timeoutSeconds: String(effect.timeoutSeconds),
		...(effect.resourceVersion !== '' && {resourceVersion: effect.resourceVersion}),
		...(effect.withInitialEvents && {sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan'}),
	};
}

function selectorOf(selection: Selection | undefined): Query {
	return selection?.fieldSelector === undefined ? {} : {fieldSelector: selection.fieldSelector};
}

import type {Effect} from '../reflector/types.ts';
import type {Selection} from '../../model/kind-facts.ts';
import {definedFields} from '../defined-fields.ts';

type Query = Readonly<Record<string, string>>;

/** Query of a list. Source: Kubernetes API concepts, "The resourceVersion parameter" and "Retrieving large results". */
export function listQuery(effect: Extract<Effect, {type: 'list'}>, selection?: Selection): Query {
	return definedFields({
		fieldSelector: selection?.fieldSelector,
		limit: effect.limit > 0 ? String(effect.limit) : undefined,
		resourceVersion: effect.resourceVersion || undefined,
		continue: effect.continue || undefined,
	});
}

/** Query of a watch, or of a WatchList (KEP-3157). */
export function watchQuery(effect: Extract<Effect, {type: 'watch'}>, selection?: Selection): Query {
	return definedFields({
		fieldSelector: selection?.fieldSelector,
		watch: 'true',
		allowWatchBookmarks: 'true',
		timeoutSeconds: String(effect.timeoutSeconds),
		resourceVersion: effect.resourceVersion || undefined,
		sendInitialEvents: effect.withInitialEvents ? 'true' : undefined,
		resourceVersionMatch: effect.withInitialEvents ? 'NotOlderThan' : undefined,
	});
}

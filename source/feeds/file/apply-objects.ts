import {policyResources} from '../../model/policies/attached-policy.ts';
import {formerOwnApi, ownApi} from '../../model/own-api.ts';
import {clusterScoped, groupOf, type AnyObject, type Kind} from '../../model/kinds.ts';
import type {KindState} from '../../model/snapshot.ts';
import type {WatchEvent} from '../../model/watch-event.ts';
import {isAttachedPolicy} from '../../projection/policies/attached-policy.ts';
import {kindOf} from '../../projection/kind-of.ts';
import {project} from '../../projection/project.ts';
import {record, text, type Wire} from '../../projection/wire.ts';
import {limitOf} from './limit-of.ts';
import {Malformed, verifyForms} from './malformed.ts';
import {nearMiss} from './near-miss.ts';
import {plannedPods} from './planned-pods.ts';
import {verifyAccepted} from './refused.ts';
import type {Writer} from '../../store/store-types.ts';

/** What was in a file: how many objects of each kind, and of the kinds that knet does not read, whose names are safe to show. */
type Contents = {
	readonly known: ReadonlyMap<Kind, number>;
	readonly ignored: ReadonlyMap<string, number>;
};

/** Gathers wire objects, and fills a store with them at the end. */
type Filling = {
	/** Keeps the projection only, so that the object can be freed. */
	add(wire: Wire): void;
	/** `of`: what the objects are known to be; a file may be limited to some namespaces. */
	finish(writer: Writer, of: 'cluster' | 'file'): Contents;
};

/** A kind that is not in a file may still be in the cluster. */
export const missingInFile = {state: 'absent', why: 'not-in-input'} as const satisfies KindState;

/** Kinds without any object are `absent`: unknown, not missing. A typed list without items says that there are none. */
export function createFilling(): Filling {
	const groups = new Map<Kind, AnyObject[]>();
	const ignored = new Map<string, number>();
	const planned: Wire[] = [];
	// Of manifests of pods, not of workloads.
	const alone: Wire[] = [];
	const groupFor = (kind: Kind): AnyObject[] => {
		const group = groups.get(kind) ?? [];
		groups.set(kind, group);
		return group;
	};

	return {
		add(wire) {
			const name = text(wire['kind']);
			const kind = kindOfWire(wire);
			if (kind) {
				verifyForms(kind, wire);
			}

			const emptyKind = kind ?? emptyList(wire);
			const pods = plannedPods(wire, planned.length);
			planned.push(...pods);
			if (kind === 'Pod' && pods.length > 0) {
				alone.push(...pods);
			} else if (kind) {
				groupFor(kind).push(project(kind, withNamespace(kind, wire)));
			} else if (emptyKind) {
				groupFor(emptyKind);
			} else {
				ignored.set(name, (ignored.get(name) ?? 0) + 1);
			}
		},
		finish(writer, of) {
			// Where a file holds pods or EndpointSlices, a cluster says which pods its workloads have: none are planned for
			// them.
			const isTold = groups.has('Pod') || groups.has('EndpointSlice');
			const added = isTold ? alone : planned;
			if (added.length > 0) {
				groupFor('Pod').push(...added.map((pod) => project('Pod', pod)));
			}

			const only = of === 'file' ? limitOf(groups, ignored.get('ReplicationControllerList')) : undefined;
			groups.forEach((objects, kind) => {
				if (only && isPart(kind, objects)) {
					fillByName(writer, kind, {objects, only});
				} else if (only && !clusterScoped.has(kind)) {
					fillWithin(writer, kind, {objects, only});
				} else {
					fill(writer, kind, objects);
				}
			});
			return {known: new Map([...groups].map(([kind, {length}]) => [kind, length])), ignored};
		},
	};
}

/** Throws `Malformed` where a kind that knet reads is meant, and no API server would take it. */
function kindOfWire(wire: Wire): Kind | undefined {
	const kind = kindOf(text(wire['apiVersion']), text(wire['kind']));
	if (!kind && isAttachedPolicy(wire)) {
		return 'AttachedPolicy';
	}

	const fault = nearMiss(wire, kind);
	if (fault !== undefined) {
		throw new Malformed(fault);
	}

	return kind;
}

/**
A manifest as an object of the model; undefined where knet does not read its kind. `namespace`: used where it names none. Throws
`Malformed` where the API server would refuse it.
*/
export function objectOf(
	wire: Wire,
	namespace: string,
): {readonly kind: Kind; readonly object: AnyObject} | undefined {
	verifyAccepted(wire);
	const kind = kindOfWire(wire);
	if (!kind) {
		return undefined;
	}

	verifyForms(kind, wire);
	return {kind, object: project(kind, withNamespace(kind, wire, namespace))};
}

/** Fills a store with the wire objects of a whole cluster. */
export function applyObjects(writer: Writer, objects: readonly Wire[]): Contents {
	const filling = createFilling();
	objects.forEach((wire) => filling.add(wire));
	return filling.finish(writer, 'cluster');
}

function emptyList({apiVersion, kind, items}: Wire): Kind | undefined {
	const name = text(kind);
	if (!name.endsWith('List') || !Array.isArray(items)) {
		return undefined;
	}

	// `knet snapshot` says so for the kinds of the API that become one kind of knet.
	const itemKind = name.slice(0, -'List'.length);
	const isOwn = name === 'AttachedPolicyList' && [ownApi, formerOwnApi].includes(text(apiVersion));
	return (
		kindOf(text(apiVersion), itemKind) ??
		(isOwn || isPolicyKind(text(apiVersion), itemKind) ? 'AttachedPolicy' : undefined)
	);
}

/** `HealthCheckPolicy` of networking.gke.io, in whatever version: what has items shows by `targetRefs`, an empty list only by its name. */
function isPolicyKind(apiVersion: string, kind: string): boolean {
	const plural = kind.toLowerCase().replace(/y$/u, 'ies');
	const group = groupOf(apiVersion);
	return policyResources.some((resource) => resource.plural === plural && groupOf(resource.api) === group);
}

function fill(writer: Writer, kind: Kind, objects: readonly AnyObject[], scope?: string): void {
	writer.apply({type: 'init', kind, scope});
	for (const object of objects) {
		writer.apply({type: 'init-apply', kind, object, scope} as WatchEvent);
	}

	writer.apply({type: 'init-done', kind, scope});
}

type Limited = {readonly objects: readonly AnyObject[]; readonly only: readonly string[]};

/** What other namespaces hold is not known. */
function fillWithin(writer: Writer, kind: Kind, {objects, only}: Limited): void {
	for (const scope of only) {
		fill(
			writer,
			kind,
			objects.filter(({namespace}) => namespace === scope),
			scope,
		);
	}

	writer.apply({type: 'state', kind, state: {...missingInFile, only}});
}

/**
Of kinds without namespaces that other objects name. Every cluster has a Namespace kube-system; manifests bring some classes of many, and
what a server lists is all of them.
*/
function isPart(kind: Kind, objects: readonly AnyObject[]): boolean {
	return kind === 'Namespace'
		? !objects.some(({name}) => name === 'kube-system')
		: (kind === 'IngressClass' || kind === 'GatewayClass') && objects.some(({uid}) => uid === '');
}

/** Of a kind without namespaces, what is not named here is not known. */
function fillByName(writer: Writer, kind: Kind, {objects, only}: Limited): void {
	objects.forEach((object) => fill(writer, kind, [object], `/${object.name}`));
	writer.apply({type: 'state', kind, state: {...missingInFile, only}});
}

/** A manifest without a namespace goes to `default`, as with kubectl apply. */
function withNamespace(kind: Kind, wire: Wire, namespace = 'default'): Wire {
	const metadata = record(wire['metadata']);
	return clusterScoped.has(kind) || text(metadata['namespace']) !== ''
		? wire
		: {...wire, metadata: {...metadata, namespace}};
}

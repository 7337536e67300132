import type {Codec} from '../cluster/codec/codec.ts';
import {jsonCodec, metadataCodec} from '../cluster/codec/json-codec.ts';
import {protobufCodec} from '../cluster/codec/protobuf/protobuf-codec.ts';
import type {Connection} from '../cluster/connection.ts';
import {resourceOf, selectedResource, selectionsOf, type Resource} from '../cluster/kinds.ts';
import type {ApiSurface} from '../cluster/list-watch/api-surface.ts';
import type {Counters} from '../cluster/list-watch/counters.ts';
import type {PolicyResource} from '../cluster/list-watch/policy-resources.ts';
import {createSource} from '../cluster/list-watch/source.ts';
import type {Clock} from '../clock.ts';
import {createReflector, type Reflector} from '../cluster/reflector/reflector.ts';
import type {Kind} from '../model/kinds.ts';
import {isOlder} from '../model/matching/resource-version.ts';
import {isHeld, worstState, type KindState} from '../model/snapshot.ts';
import type {Retry} from '../model/retry.ts';
import type {WatchEvent} from '../model/watch-event.ts';
import type {Selection} from '../model/kind-facts.ts';

/** What all list-watches of a feed share. */
export type LiveContext = {
	readonly connection: Connection;
	readonly surface: ApiSurface;
	readonly clock: Clock;
	readonly random: () => number;
	readonly counters: Counters;
	/** Whether the server may have WatchList: false once it refused one. */
	readonly offer: {watchList: boolean};
	readonly onReached: () => void;
	/** `of` is the list-watch that failed. `retry` undefined: it works again. */
	readonly noteRetry: (of: object, retry: Retry | undefined) => void;
	/** Kinds of policy that this cluster has beside those that knet knows by name. */
	readonly policies: () => Promise<readonly PolicyResource[]>;
};

/** One kind, cluster-wide (`namespace` absent) or in one namespace, being list-watched. */
export type LiveScope = {
	readonly state: KindState;
	/** Version of the last change in a namespace that the store holds from this scope. */
	lastChange(namespace: string): string;
	/** Whether the store holds from this scope everything up to a version. */
	hasReached(resourceVersion: string): boolean;
	retryNow(): void;
	/** Ends it, and drops what the store holds of it. */
	close(): void;
	stop(): Promise<void>;
};

type Target = {
	readonly kind: Kind;
	readonly namespace?: string;
	readonly apply: (event: WatchEvent) => void;
	readonly onProgress: () => void;
};

export function openScope(context: LiveContext, target: Target): LiveScope {
	const changes = createChanges();
	const noted = (event: WatchEvent): void => {
		changes.note(event, versionOf(reflectors));
		target.apply(event);
	};

	const reflectors: Reflector[] = openReflectors(context, {...target, apply: noted});
	const state = () => worstState(reflectors.map((reflector) => reflector.state ?? {state: 'connecting'}));
	reflectors.forEach((reflector) => reflector.start());
	let isClosed = false;
	if (target.kind === 'AttachedPolicy') {
		void context.policies().then((found) => {
			const added = isClosed
				? []
				: reflectorsOf(
						context,
						{...target, apply: noted},
						found.map((resource) => ({resource})),
					);
			reflectors.push(...added);
			added.forEach((reflector) => reflector.start());
		});
	}

	return {
		get state() {
			return state();
		},
		lastChange: changes.last,
		hasReached: (version) => isHeld(state()) && !isOlder(versionOf(reflectors), version),
		retryNow: () => reflectors.forEach((reflector) => reflector.retryNow()),
		close() {
			reflectors.forEach((reflector) => reflector.close());
			isClosed = true;
		},
		async stop() {
			isClosed = true;
			await Promise.all(reflectors.map((reflector) => reflector.stop()));
		},
	};
}

/** Where several list-watches are one scope, of the one that is furthest behind. */
function versionOf(reflectors: readonly Reflector[]): string {
	return reflectors.map(({resourceVersion}) => resourceVersion).reduce((a, b) => (isOlder(b, a) ? b : a));
}

/** Remembers the version at which each namespace last changed. A list does not say it: its own version counts. */
function createChanges() {
	const changed = new Map<string, string>();
	let list = '';
	return {
		note(event: WatchEvent, version: string): void {
			if (event.type === 'init-done') {
				changed.clear();
				list = version;
			} else if (event.type === 'apply') {
				changed.set(event.object.namespace, version);
			} else if (event.type === 'delete') {
				changed.set(event.namespace, version);
			}
		},
		last: (namespace: string): string => changed.get(namespace) ?? list,
	};
}

function openReflectors(context: LiveContext, target: Target): Reflector[] {
	return reflectorsOf(context, target, selectionsOf(resourceOf(target.kind), target.namespace));
}

function reflectorsOf(
	context: LiveContext,
	target: Target,
	selections: readonly (Selection | undefined)[],
): Reflector[] {
	const {kind, namespace} = target;
	const resource = resourceOf(kind);
	return selections.map((selection) => {
		const of = selectedResource(resource, selection);
		const self = {};
		return createReflector({
			...context,
			...target,
			watchList: context.offer.watchList,
			onRetry: (retry) => context.noteRetry(self, retry),
			onNoWatchList: () => (context.offer.watchList = false),
			scope: namespace,
			selector: (resource.selections?.length ?? 1) > 1 ? nameOf(selection) : undefined,
			of: {resource: of.name, group: of.group},
			source: createSource({...context, kind, resource: of, namespace, selection, codec: codecOf(of)}),
		});
	});
}

/** Tells the list-watches of a kind apart. */
function nameOf(selection: Selection | undefined): string | undefined {
	return selection?.resource
		? `${selection.resource.api}/${selection.resource.plural}`
		: selection?.fieldSelector;
}

function codecOf({codec, kind}: Resource): Codec {
	switch (codec) {
		case 'metadata':
			return metadataCodec;
		case 'protobuf':
			return protobufCodec(kind);
		case 'json':
			return jsonCodec;
	}
}

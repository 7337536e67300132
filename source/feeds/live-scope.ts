import {type Codec} from '../cluster/codec/codec.ts';
import {jsonCodec, metadataCodec} from '../cluster/codec/json-codec.ts';
import {protobufCodec} from '../cluster/codec/protobuf/protobuf-codec.ts';
import type {Connection} from '../cluster/connection.ts';
import {resourceOf, type Resource} from '../cluster/kinds.ts';
import type {ApiSurface} from '../cluster/list-watch/api-surface.ts';
import type {Counters} from '../cluster/list-watch/counters.ts';
import {createSource} from '../cluster/list-watch/source.ts';
import type {Clock} from '../clock.ts';
import {createReflector, type Reflector} from '../cluster/reflector/reflector.ts';
import type {Kind} from '../model/kinds.ts';
import type {Meta} from '../model/meta.ts';
import type {KindState} from '../model/snapshot.ts';
import type {WatchEvent} from '../model/watch-event.ts';
import {mergeParts} from './merge-parts.ts';

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
};

/** One kind, cluster-wide (`namespace` absent) or in one namespace, being list-watched. */
export type LiveScope = {
	readonly kind: Kind;
	readonly namespace?: string;
	readonly state: KindState;
	nudge(): void;
	/** Ends it and deletes what only it held. `stays`: objects that another scope holds too. */
	close(stays: (object: Meta) => boolean): void;
	stop(): Promise<void>;
};

type Target = {readonly kind: Kind; readonly namespace?: string; readonly apply: (event: WatchEvent) => void};

export function openScope(context: LiveContext, {kind, namespace, apply}: Target): LiveScope {
	const resource = resourceOf(kind);
	let state: KindState = {state: 'connecting'};
	const note = (event: WatchEvent): void => {
		if (event.type === 'state') {
			({state} = event);
		}

		apply(event);
	};

	const reflectors = openReflectors(context, {kind, namespace, apply: note}, resource);
	reflectors.forEach((reflector) => reflector.start());
	const stop = async (): Promise<void> => {
		await Promise.all(reflectors.map((reflector) => reflector.stop()));
	};

	return {
		kind,
		namespace,
		get state() {
			return state;
		},
		nudge: () => reflectors.forEach((reflector) => reflector.nudge()),
		close(stays) {
			void stop();
			reflectors.forEach((reflector) => reflector.clear(stays));
			apply({
				type: 'state',
				kind,
				...(namespace !== undefined && {scope: namespace}),
				state: {state: 'not-watched'},
			});
		},
		stop,
	};
}

function openReflectors(
	context: LiveContext,
	{kind, namespace, apply}: Target,
	resource: Resource,
): readonly Reflector[] {
	const selections = resource.selections ?? [undefined];
	const applies = selections.length > 1 ? mergeParts(selections.length, apply) : [apply];
	return selections.map((selection, index) =>
		createReflector({
			...context,
			watchList: context.offer.watchList,
			onNoWatchList: () => (context.offer.watchList = false),
			kind,
			scope: namespace,
			of: {resource: resource.name, group: resource.group},
			source: createSource({...context, kind, resource, namespace, selection, codec: codecOf(resource)}),
			apply: applies[index] ?? apply,
		}),
	);
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

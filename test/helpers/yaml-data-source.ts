import {parseObjects} from '../../source/feeds/file/parse-objects.ts';
import type {Demand} from '../../source/feeds/feed.ts';
import type {Kind} from '../../source/model/kinds.ts';
import type {KindState} from '../../source/model/snapshot.ts';
import type {WatchEvent} from '../../source/model/watch-event.ts';
import {kindOf} from '../../source/projection/kind-of.ts';
import {project} from '../../source/projection/project.ts';
import type {Clock} from '../../source/clock.ts';
import type {DataSource, Prober, ReadManagers} from '../../source/session/data-source.ts';
import {createStore} from '../../source/store/store.ts';

/** A cluster of YAML: what a session asks for is there at once, and a test changes it. */
export type YamlGround = DataSource & {
	/** Everything that was ever asked for. */
	readonly demands: readonly Demand[];
	readonly isClosed: boolean;
	/** Adds or replaces objects. */
	apply(yaml: string): void;
	remove(kind: Kind, namespace: string, name: string): void;
	say(kind: Kind, state: KindState, scope?: string): void;
};

type Options = {
	readonly clock: Clock;
	readonly namespace?: string;
	readonly context?: string;
	readonly prober?: Prober;
	readonly readManagers?: ReadManagers;
	/** Kinds that have another state than `synced` when they are asked for. */
	readonly states?: Partial<Record<Kind, KindState>>;
};

export function yamlDataSource(
	yaml: string,
	{clock, namespace = 'shop', context = 'prod', prober, readManagers, states = {}}: Options,
): YamlGround {
	const {reader, writer} = createStore({schedule: (callback) => clock.after(0, callback)});
	const demands: Demand[] = [];
	const opened = new Set<Kind>();
	let objects = read(yaml);
	let isClosed = false;

	function open(kind: Kind): void {
		opened.add(kind);
		const state = states[kind];
		if (state) {
			writer.apply({type: 'state', kind, state});
			return;
		}

		writer.apply({type: 'init', kind});
		for (const {event} of objects.filter((each) => each.event.kind === kind)) {
			writer.apply({...event, type: 'init-apply'} as WatchEvent);
		}

		writer.apply({type: 'init-done', kind});
	}

	return {
		source: {kind: 'live', context},
		namespace,
		reader,
		demands,
		prober,
		readManagers,
		get isClosed() {
			return isClosed;
		},
		feed: {
			want(demand) {
				demands.push(demand);
				for (const kind of demand.keys()) {
					if (!opened.has(kind)) {
						open(kind);
					}
				}
			},
			async stop() {},
		},
		apply(more) {
			for (const each of read(more)) {
				objects = [...objects.filter(({key}) => key !== each.key), each];
				writer.apply(each.event);
			}
		},
		remove: (kind, place, name) => writer.apply({type: 'delete', kind, namespace: place, name}),
		say: (kind, state, scope) => writer.apply({type: 'state', kind, scope, state}),
		async close() {
			isClosed = true;
		},
	};
}

function read(yaml: string) {
	return parseObjects(yaml, 'test').map((wire) => {
		const kind = kindOf(String(wire['apiVersion']), String(wire['kind']))!;
		const object = project(kind, wire);
		return {
			key: `${kind}/${object.namespace}/${object.name}`,
			event: {type: 'apply', kind, object} as WatchEvent,
		};
	});
}

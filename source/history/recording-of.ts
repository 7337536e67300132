import type {Demand} from '../feeds/feed.ts';
import type {RecordingHeader, RecordingLine} from '../feeds/recording/recording.ts';
import {objectsAt} from './past.ts';
import {takenBack, type KeptChange} from './ring.ts';
import {factsOf, partsOfPlace, placeOf, type Kind, type AnyObject} from '../model/kinds.ts';
import {ownApi} from '../model/own-api.ts';
import {isHeld, type Snapshot} from '../model/snapshot.ts';
import type {WatchEvent} from '../model/watch-event.ts';
import {overlaid} from '../model/overlay.ts';

type Remembered = {
	readonly changes: readonly KeptChange[];
	readonly since: number;
	/** What is watched. */
	readonly demand: Demand;
	readonly snapshot: Snapshot;
};

/** The lines of a recording of what is remembered: the cluster as it was at first, and each change since. */
export function recordingOf(
	remembered: Remembered,
	metadata: Omit<RecordingHeader['metadata'], 'startedAt'>,
): readonly string[] {
	const {since} = remembered;
	const header: RecordingHeader = {
		apiVersion: ownApi,
		kind: 'Recording',
		metadata: {startedAt: since, ...metadata},
	};
	const events = [...opening(remembered), ...following(remembered)];
	const lines = events.map(([at, event]): RecordingLine => ({t: Math.max(0, at - since), event}));
	const evidence = remembered.snapshot.evidence;
	const observed = (['dns', 'connect', 'tls', 'http', 'rules'] as const)
		.flatMap((type) => [...evidence.list(type)])
		.map((item): RecordingLine => ({t: Math.max(0, item.at - since), evidence: item}));
	return [header, ...[...lines, ...observed].toSorted((a, b) => a.t - b.t)].map((line) =>
		JSON.stringify(line),
	);
}

type Timed = readonly [at: number, event: WatchEvent];

/** Every list that is held, as it was. */
function opening({changes, since, demand, snapshot}: Remembered): readonly Timed[] {
	const {now, evidence} = snapshot;
	const first = overlaid(snapshot, objectsAt(snapshot, changes, since - 1), {now, evidence});
	return [...demand].flatMap(([kind, places]) =>
		(places === 'all' ? [undefined] : [...places])
			.flatMap((scope) => listed(first, kind, scope))
			.map((event) => [since, event] as const),
	);
}

/** Names of Secrets are not kept in recordings. */
function listed(snapshot: Snapshot, kind: Kind, scope: string | undefined): readonly WatchEvent[] {
	const state = snapshot.state(kind, scope);
	if (!factsOf(kind).recorded || !isHeld(state)) {
		return factsOf(kind).recorded ? [{type: 'state', kind, scope, state}] : [];
	}

	const objects = objectsIn(snapshot, kind, scope).map(
		(object) => ({type: 'init-apply', kind, scope, object}) as WatchEvent,
	);
	return [{type: 'init', kind, scope}, ...objects, {type: 'init-done', kind, scope}];
}

function objectsIn(snapshot: Snapshot, kind: Kind, scope: string | undefined): readonly AnyObject[] {
	const {namespace, name} = partsOfPlace(scope ?? '');
	return name === undefined
		? snapshot.list(kind, scope)
		: [snapshot.get(kind, namespace, name)].filter((object) => object !== undefined);
}

/** The changes, oldest first; each with what the object was after it. */
function following({changes, demand, snapshot}: Remembered): readonly Timed[] {
	const objects = new Map<string, AnyObject | undefined>();
	const events: Timed[] = [];
	for (const change of changes.toReversed()) {
		const {kind, namespace, name, at} = change;
		const key = `${kind}/${namespace}/${name}`;
		const after = objects.has(key) ? objects.get(key) : snapshot.get(kind, namespace, name);
		objects.set(key, takenBack(change, after));
		if (factsOf(kind).recorded && demand.has(kind)) {
			const scope = demand.get(kind) === 'all' ? undefined : placeOf(kind, namespace, name);
			events.push([
				at,
				after
					? ({type: 'apply', kind, scope, object: after} as WatchEvent)
					: {type: 'delete', kind, scope, namespace, name},
			]);
		}
	}

	return events.toReversed();
}

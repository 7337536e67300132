import type {Source} from '../../model/request.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {HopStatus, Verdict} from '../hop.ts';
import type {HopKind} from '../hop-kind.ts';
import type {Path} from '../report.ts';
import type {Target} from '../target.ts';
import {outsideOf} from './outside-paths.ts';
import {worst} from './verdict.ts';
import {walk} from './walk.ts';

/** One target as one place sees it. */
export type MatrixRow = Pick<Path, 'symptom' | 'brokenAt' | 'rootCause'> & {
	readonly from: Source;
	readonly verdict: Verdict;
	/** The root cause in one sentence. */
	readonly cause?: string;
	/** The worst path's, hop by hop. */
	readonly hops: readonly {readonly kind: HopKind; readonly status: HopStatus}[];
};

/** One target from everywhere: outside, each node, and pods. */
export type Matrix = {
	readonly target: {readonly kind: string; readonly text: string; readonly namespace?: string};
	readonly verdict: Verdict;
	readonly rows: readonly MatrixRow[];
};

export type MatrixOptions = {
	readonly target: Target;
	/** As a walk takes it. */
	readonly namespace?: string;
	/** Places to look from besides. */
	readonly also?: readonly Source[];
};

/** The most nodes to walk from: they differ little, and each costs a walk. */
const mostNodes = 50;
/** Pods that stand for their workload: policies and DNS settings differ by workload. */
const mostPods = 5;

/** Walks to one target from each place. No rows: there is no such target. */
export function matrixOf(snapshot: Snapshot, options: MatrixOptions): Matrix {
	const rows = matrixPlaces(snapshot, options).flatMap((from) => matrixRow(snapshot, options, from) ?? []);
	return matrixWith(rows, options);
}

export function matrixWith(rows: readonly MatrixRow[], {target, namespace}: MatrixOptions): Matrix {
	return {
		target: {kind: target.kind, text: target.text, namespace},
		verdict: worst(rows.map(({verdict}) => verdict)) ?? 'unknown',
		rows,
	};
}

/** Where requests are made from: a row each. */
export function matrixPlaces(snapshot: Snapshot, options: MatrixOptions): readonly Source[] {
	const nodes = snapshot.list('Node').slice(0, mostNodes);
	return [
		...(leadsInFromOutside(snapshot, options) ? [{kind: 'external'} as const] : []),
		...nodes.map(({name}): Source => ({kind: 'node', name})),
		...podsOf(snapshot, options),
		...(options.also ?? []),
	];
}

/** A client outside has no way to a Service that is not exposed, nor to a pod. */
function leadsInFromOutside(snapshot: Snapshot, {target, namespace = 'default'}: MatrixOptions): boolean {
	return target.kind === 'service'
		? outsideOf(snapshot.get('Service', target.namespace ?? namespace, target.name)).length > 0
		: !['pod', 'workload', 'address'].includes(target.kind);
}

/** A ready pod of each workload of the namespace, the first by name. */
function podsOf(snapshot: Snapshot, {target, namespace}: MatrixOptions): readonly Source[] {
	const place = ('namespace' in target ? target.namespace : undefined) ?? namespace;
	const pods =
		place === undefined ? [] : snapshot.list('Pod', place).filter(({ready, owner}) => ready && owner);
	const byOwner = new Map(pods.toReversed().map((pod) => [`${pod.owner?.kind}/${pod.owner?.name}`, pod]));
	return [...byOwner.values()]
		.toReversed()
		.slice(0, mostPods)
		.map((pod) => ({kind: 'pod', namespace: pod.namespace, name: pod.name}));
}

/** Undefined: there is no such target. */
export function matrixRow(
	snapshot: Snapshot,
	{target, namespace}: MatrixOptions,
	from: Source,
): MatrixRow | undefined {
	const {paths, verdict} = walk(snapshot, {target, namespace, from});
	const path = paths.find((path) => path.verdict === verdict) ?? paths[0];
	if (!path) {
		return undefined;
	}

	const {symptom, brokenAt, rootCause, hops} = path;
	const cause = hops.flatMap(({findings}) => findings).find(({code}) => code === rootCause);
	return {
		from,
		verdict,
		symptom,
		brokenAt,
		rootCause,
		cause: cause?.message,
		hops: hops.map(({kind, status}) => ({kind, status})),
	};
}

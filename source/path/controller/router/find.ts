import type {Kind} from '../../../model/kinds.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import type {Workload} from '../../../model/workload.ts';
import type {ControllerRecord} from '../../../rules/controllers/record.ts';
import type {Router, RouterObject} from '../../../rules/routers/router.ts';
import {accessFinding} from '../../access.ts';
import type {Finding} from '../../finding.ts';
import {versionOf} from '../image-version.ts';
import type {KindedWorkload} from '../make.ts';
import {hasName, recognise} from '../recognise.ts';
import {flagsOf} from '../workload-flags.ts';

/** Who serves an object of a router. */
export type RouterSearch =
	| {
			readonly type: 'found';
			readonly record: ControllerRecord;
			/** Reads the objects. */
			readonly reader: KindedWorkload;
			/** Has the clients' connections. */
			readonly frontend: KindedWorkload;
	  }
	/** Whether one of these takes it is not known. */
	| {readonly type: 'undecided'; readonly readers: readonly KindedWorkload[]}
	/** `others`: controllers of this kind of router that run and do not take it. */
	| {readonly type: 'nobody'; readonly others: readonly KindedWorkload[]}
	| {readonly type: 'unknown'; readonly findings: readonly Finding[]};

const workloadKinds = ['Deployment', 'DaemonSet', 'StatefulSet'] as const;

export function findRouterController(snapshot: Snapshot, router: Router, object: RouterObject): RouterSearch {
	const workloads = workloadKinds.flatMap((kind) =>
		snapshot.list(kind).map((workload): KindedWorkload => ({kind, workload})),
	);
	const readers = workloads.filter(({workload}) => isReader(router, workload));
	const taking = readers.map((reader) => ({reader, takes: takes(snapshot, router, {object, reader})}));
	const chosen = best(taking.filter(({takes}) => takes === true).map(({reader}) => reader));
	if (chosen) {
		const record = recognise(chosen.workload)!;
		const frontend = frontendOf(snapshot, router, {object, workloads, reader: chosen, record});
		return frontend ? {type: 'found', record, reader: chosen, frontend} : {type: 'nobody', others: [chosen]};
	}

	const findings = unreadable(snapshot);
	const undecided = taking.filter(({takes}) => takes === undefined).map(({reader}) => reader);
	return findings.length > 0
		? {type: 'unknown', findings}
		: undecided.length > 0
			? {type: 'undecided', readers: undecided}
			: {type: 'nobody', others: readers};
}

/** A data plane of the same project is no reader: its record names it. */
function isReader({servedBy}: Router, workload: Workload): boolean {
	const record = recognise(workload);
	return record !== undefined && servedBy.includes(record) && !hasName(workload, record.dataPlane ?? []);
}

function takes(
	snapshot: Snapshot,
	router: Router,
	{object, reader: {workload}}: {readonly object: RouterObject; readonly reader: KindedWorkload},
): boolean | undefined {
	const record = recognise(workload);
	const version = record && versionOf(workload, record);
	return router.takes(object, {snapshot, flags: flagsOf(workload), version, workload});
}

type Wanted = {
	readonly object: RouterObject;
	readonly workloads: readonly KindedWorkload[];
	readonly reader: KindedWorkload;
	readonly record: ControllerRecord;
};

function frontendOf(
	snapshot: Snapshot,
	router: Router,
	{object, workloads, reader, record}: Wanted,
): KindedWorkload | undefined {
	if (router.isDataPlane) {
		return best(workloads.filter(({workload}) => router.isDataPlane?.(snapshot, object, workload)));
	}

	const planes = workloads.filter(({workload}) => hasName(workload, record.dataPlane ?? []));
	const near = planes.filter(({workload}) => workload.namespace === reader.workload.namespace);
	return best(near) ?? best(planes) ?? reader;
}

/** One that works, then the larger. */
function best(workloads: readonly KindedWorkload[]): KindedWorkload | undefined {
	return workloads.toSorted(
		({workload: a}, {workload: b}) =>
			Number(b.readyReplicas > 0) - Number(a.readyReplicas > 0) || b.readyReplicas - a.readyReplicas,
	)[0];
}

function unreadable(snapshot: Snapshot): readonly Finding[] {
	return workloadKinds.flatMap((kind: Kind) => {
		const state = snapshot.state(kind);
		return isKnown(state) ? [] : (accessFinding(kind, undefined, state) ?? []);
	});
}

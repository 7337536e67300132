import {refText, type ObjectRef} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Workload} from '../../../model/workloads/workload.ts';
import type {ControllerRecord} from '../../../rules/controllers/record/record.ts';
import type {Router, RouterObject} from '../../../rules/routers/router.ts';
import type {Finding} from '../../finding.ts';
import {versionOf} from '../image-version.ts';
import {workloadRef} from '../make.ts';
import {isDataPlaneOf, recognise} from '../recognise.ts';
import {settingsOf} from '../settings.ts';
import {unreadWorkloads} from '../workloads.ts';
import {type KindedWorkload, allWorkloads} from '../../../rules/all-workloads.ts';

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

/** `plane`: of several workloads that have the clients' connections, this one. */
export function findRouterController(
	snapshot: Snapshot,
	router: Router,
	{object, plane}: {readonly object: RouterObject; readonly plane?: ObjectRef},
): RouterSearch {
	const workloads = allWorkloads(snapshot);
	const readers = workloads.filter(({workload}) => isReader(router, workload));
	const taking = readers.map((reader) => ({reader, takes: takes(snapshot, router, {object, reader})}));
	const chosen = best(taking.filter(({takes}) => takes === true).map(({reader}) => reader));
	const findings = unreadWorkloads(snapshot);
	// What reads the objects may run outside the cluster.
	const isElsewhere = router.isDataPlane !== undefined && readers.length === 0;
	if (chosen || isElsewhere) {
		const frontend = frontendOf(snapshot, router, {object, plane, workloads, reader: chosen});
		const [served] = router.servedBy;
		if (frontend) {
			const reader = chosen ?? frontend;
			return {type: 'found', record: recognise(reader.workload) ?? served!, reader, frontend};
		}

		if (router.isSaidToBeServed?.(object)) {
			return {type: 'undecided', readers: []};
		}

		return findings.length > 0
			? {type: 'unknown', findings}
			: {type: 'nobody', others: chosen ? [chosen] : []};
	}

	const undecided = taking.filter(({takes}) => takes === undefined).map(({reader}) => reader);
	return findings.length > 0
		? {type: 'unknown', findings}
		: undecided.length > 0
			? {type: 'undecided', readers: undecided}
			: {type: 'nobody', others: readers};
}

/** The workloads that have the connections of an object, where its labels choose them: each is a frontend of its own. */
export function planesOf(snapshot: Snapshot, router: Router, object: RouterObject): readonly ObjectRef[] {
	return planesAmong(snapshot, router, {object, workloads: allWorkloads(snapshot)}).map(workloadRef);
}

function planesAmong(
	snapshot: Snapshot,
	router: Router,
	{object, workloads}: Pick<Wanted, 'object' | 'workloads'>,
): readonly KindedWorkload[] {
	return workloads.filter(({workload}) => router.isDataPlane?.(snapshot, object, workload));
}

/** A data plane of the same project is no reader: its record names it. */
function isReader({servedBy}: Router, workload: Workload): boolean {
	const record = recognise(workload);
	return record !== undefined && servedBy.includes(record) && !isDataPlaneOf(workload, record);
}

function takes(
	snapshot: Snapshot,
	router: Router,
	{object, reader: {workload}}: {readonly object: RouterObject; readonly reader: KindedWorkload},
): boolean | undefined {
	const record = recognise(workload);
	const version = record && versionOf(workload, record);
	return router.takes(object, {snapshot, flags: settingsOf(snapshot, workload).flags, version, workload});
}

type Wanted = {
	readonly object: RouterObject;
	readonly plane?: ObjectRef;
	readonly workloads: readonly KindedWorkload[];
	/** Absent: it is not seen. */
	readonly reader?: KindedWorkload;
};

function frontendOf(
	snapshot: Snapshot,
	router: Router,
	{object, plane, workloads, reader}: Wanted,
): KindedWorkload | undefined {
	if (router.isDataPlane) {
		const planes = planesAmong(snapshot, router, {object, workloads});
		return plane ? planes.find((each) => refText(workloadRef(each)) === refText(plane)) : best(planes);
	}

	const record = reader && recognise(reader.workload);
	const planes = record ? workloads.filter(({workload}) => isDataPlaneOf(workload, record)) : [];
	const near = planes.filter(({workload}) => workload.namespace === reader?.workload.namespace);
	return best(near) ?? best(planes) ?? reader;
}

/** One that works, then the larger. */
function best(workloads: readonly KindedWorkload[]): KindedWorkload | undefined {
	return workloads.toSorted(
		({workload: a}, {workload: b}) =>
			Number(b.readyReplicas > 0) - Number(a.readyReplicas > 0) || b.readyReplicas - a.readyReplicas,
	)[0];
}

import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {classesOf, limitingFlag, selectorFlag, whyNotWatched} from '../../rules/controllers/ingresses-of.ts';
import {controllerRecords, recordByIngressClass} from '../../rules/controllers/records.ts';
import type {ControllerRecord} from '../../rules/controllers/record/record.ts';
import type {RequestedClass} from '../../rules/ingress/requested-class.ts';
import {rememberRead} from '../../rules/memoize.ts';
import {classRequest} from './class-request.ts';
import {mentions, resembles} from './likeness.ts';
import {isDataPlaneOf, recognise, recordsOf} from './recognise.ts';
import {settingsOf} from './settings.ts';
import {flagsOf} from './workload-flags.ts';
import {allWorkloads} from '../../rules/all-workloads.ts';

/** Its rule for such a class is not known; or it runs a class of a controller that knet does not know, and none is asked for. */
export function mayServe(snapshot: Snapshot, workload: Workload, requested: RequestedClass): boolean {
	const isClassless = requested.className === undefined && requested.annotation === undefined;
	return (
		serves(snapshot, workload, requested) === undefined ||
		(isClassless && !recognise(workload) && runsClass(snapshot, workload))
	);
}

/** By its flags, or by its name or image: `easegress` of `megaease.com/easegress-controller`. */
function runsClass(snapshot: Snapshot, workload: Workload): boolean {
	return snapshot
		.list('IngressClass')
		.some(
			({name, controller}) =>
				mentions(workload, {type: 'class', className: name, controllerName: controller}) ||
				(!recordByIngressClass(controller) && resembles(workload, controller)),
		);
}

export function readsIngresses(snapshot: Snapshot, workload: Workload): boolean {
	return ingressRecords(snapshot, workload).length > 0;
}

/** The records by whose rules it reads Ingresses: mostly one. */
function ingressRecords(snapshot: Snapshot, workload: Workload): readonly ControllerRecord[] {
	const records = recordsOf(workload).filter(
		({ingress}) => ingress && (ingress.readsIngresses?.(settingsOf(snapshot, workload).flags) ?? true),
	);
	return records.length > 0 && !isDataPlaneAlone(snapshot, workload) ? records : [];
}

/** The record by whose rules it takes Ingresses of a class. */
export function servingRecord(
	snapshot: Snapshot,
	workload: Workload,
	requested: RequestedClass,
): ControllerRecord | undefined {
	const {flags} = settingsOf(snapshot, workload);
	const claimant = {flags, classes: classesOf(snapshot)};
	const records = ingressRecords(snapshot, workload);
	return records.find(({ingress}) => ingress?.takes(requested, claimant) === true);
}

/** The controller's image beside Envoy reads no objects (shutdown-manager of Contour); where all is one workload, it does. */
function isDataPlaneAlone(snapshot: Snapshot, workload: Workload): boolean {
	const record = recognise(workload);
	return (
		record !== undefined &&
		isDataPlaneOf(workload, record) &&
		allWorkloads(snapshot).some(
			(each) => recognise(each.workload) === record && !isDataPlaneOf(each.workload, record),
		)
	);
}

/** Undefined: the controller's rule is not known. */
export function serves(
	snapshot: Snapshot,
	workload: Workload,
	requested: RequestedClass,
): boolean | undefined {
	const record = recognise(workload);
	if (!record?.ingress) {
		return !record && mentions(workload, classRequest(snapshot, requested));
	}

	const claimant = {flags: settingsOf(snapshot, workload).flags, classes: classesOf(snapshot)};
	const answers = ingressRecords(snapshot, workload).map(({ingress}) => ingress?.takes(requested, claimant));
	return answers.includes(true) || (answers.includes(undefined) ? undefined : false);
}

/** A flag of it names the very class: others with the same controller value may serve that class as well. */
export function isMeantFor(workload: Workload, {className, annotation}: RequestedClass): boolean {
	const flags = flagsOf(workload);
	const named = recordsOf(workload).map(({ingress}) => flags[ingress?.classFlag ?? '']);
	return named.some((flag) => flag !== undefined && flag === (className ?? annotation));
}

/** Undefined: its flags leave no namespace out. */
export function watches(
	snapshot: Snapshot,
	workload: Workload,
	{namespace, record = recognise(workload)}: {readonly namespace: string; readonly record?: ControllerRecord},
): boolean | undefined {
	const side = record?.ingress;
	const isLimitable = [side?.namespaceFlag, side?.exceptedNamespaceFlag, side?.namespaceSelectorFlag].some(
		(flag) => flag !== undefined,
	);
	const flags = isLimitable ? settingsOf(snapshot, workload).flags : {};
	return record && (limitingFlag({record, flags}) ?? selectorFlag({record, flags}))
		? !whyNotWatched(snapshot, {record, flags, workload}, {namespace})
		: undefined;
}

/** The workloads whose flags leave namespaces out: mostly none of very many. */
const narrowed = rememberRead((snapshot, _records: typeof controllerRecords): readonly Workload[] =>
	allWorkloads(snapshot)
		.map(({workload}) => workload)
		.filter((workload) =>
			recordsOf(workload).some(
				(record) => watches(snapshot, workload, {namespace: '', record}) !== undefined,
			),
		),
);

/** Some controller of the class watches some namespaces only. */
export function isDivided(snapshot: Snapshot, requested: RequestedClass): boolean {
	return narrowed(snapshot, controllerRecords).some(
		(workload) => serves(snapshot, workload, requested) === true,
	);
}

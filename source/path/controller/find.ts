import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import type {Controller} from '../../rules/controllers/record/controller.ts';
import {classesOf} from '../../rules/controllers/ingresses-of.ts';
import type {ControllerRecord} from '../../rules/controllers/record/record.ts';
import {controllerRecords, recordByClassName, recordByIngressClass} from '../../rules/controllers/records.ts';
import type {RequestedClass} from '../../rules/ingress/requested-class.ts';
import type {Finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {classRequest, type ClassRequest} from './class-request.ts';
import {resembles} from './likeness.ts';
import {publishedService} from './exposure.ts';
import {makeController} from './make.ts';
import {isDataPlaneOf, recognise} from './recognise.ts';
import {isMeantFor, mayServe, readsIngresses, serves, servingRecord, watches} from './serves-class.ts';
import {unreadWorkloads} from './workloads.ts';
import {type KindedWorkload, allWorkloads} from '../../rules/all-workloads.ts';

export type ControllerSearch =
	/** `reader` reads Ingresses, `frontend` answers requests; often the same. */
	| {
			readonly type: 'found';
			readonly controller: Controller;
			readonly reader: Workload;
			readonly frontend: Workload;
	  }
	/** Run by a cloud: nothing to look at. */
	| {readonly type: 'managed'; readonly controller: Controller}
	/** Controllers run here, and whether one of them takes the Ingress is not known. */
	| {
			readonly type: 'undecided';
			readonly controllers: readonly KindedWorkload[];
			readonly known?: ControllerRecord;
	  }
	/** Every workload was looked at and none runs it. `alike`: some look as if they might. */
	| {
			readonly type: 'nobody';
			readonly known?: ControllerRecord;
			readonly alike: readonly Workload[];
			/** Controllers that run and do not take the Ingress. */
			readonly others: readonly KindedWorkload[];
	  }
	/** Not all workloads may be read. */
	| {readonly type: 'unknown'; readonly known?: ControllerRecord; readonly findings: readonly Finding[]};

/** What serves Ingresses of a class: found by image, flags and labels among the workloads of all namespaces. */
export function findController(hopContext: HopContext, requested: RequestedClass): ControllerSearch {
	const {snapshot} = hopContext;
	const request = classRequest(snapshot, requested);
	const workloads = allWorkloads(snapshot);
	const reader = readerOf(snapshot, workloads, requested);
	const known = reader
		? (servingRecord(snapshot, reader.workload, requested) ?? recognise(reader.workload))
		: (recordOf(request, requested) ?? beside(snapshot, requested));
	if (reader) {
		const frontend = publishedBy(snapshot, workloads, reader) ?? frontendOf(workloads, reader, known);
		return {
			type: known?.managed ? 'managed' : 'found',
			controller: makeController(hopContext, {request, known, reader, frontend}),
			reader: reader.workload,
			frontend: frontend.workload,
		};
	}

	if (known?.managed) {
		return {type: 'managed', controller: makeController(hopContext, {request, known})};
	}

	const findings = unreadWorkloads(snapshot);
	if (findings.length > 0) {
		return {type: 'unknown', known, findings};
	}

	const undecided = workloads.filter(({workload}) => mayServe(snapshot, workload, requested));
	return undecided.length > 0
		? {type: 'undecided', controllers: undecided, known}
		: nobody(snapshot, workloads, {request, known});
}

/** A controller of the class that runs and does not take the Ingress leaves no doubt: nothing else is looked for. */
function nobody(
	snapshot: Snapshot,
	workloads: readonly KindedWorkload[],
	{request, known}: {readonly request: ClassRequest; readonly known: ControllerRecord | undefined},
): ControllerSearch {
	const others = workloads.filter(({workload}) => readsIngresses(snapshot, workload));
	const isCertain = others.some(({workload}) => recognise(workload) === known);
	return {type: 'nobody', known, others, alike: isCertain ? [] : alikeOf(workloads, request)};
}

/** What stands for a controller that was not found, so that its rules can still be followed. */
export function presumed(hopContext: HopContext, requested: RequestedClass): Controller {
	const request = classRequest(hopContext.snapshot, requested);
	const known = request.type === 'class' ? recordByIngressClass(request.controllerName) : undefined;
	return makeController(hopContext, {request, known});
}

function readerOf(
	snapshot: Snapshot,
	workloads: readonly KindedWorkload[],
	requested: RequestedClass,
): KindedWorkload | undefined {
	const {namespace} = requested;
	const readers = workloads.filter(({workload}) => serves(snapshot, workload, requested) === true);
	const watching = readers.filter(
		({workload}) =>
			namespace !== undefined &&
			watches(snapshot, workload, {
				namespace,
				record: servingRecord(snapshot, workload, requested),
			}) !== false,
	);
	return best(watching.length > 0 ? watching : readers, (workload) => isMeantFor(workload, requested));
}

/** The one of several that works; then the one that is meant; then the larger. */
function best(
	found: readonly KindedWorkload[],
	isMeant: (workload: Workload) => boolean = () => false,
): KindedWorkload | undefined {
	return found.toSorted(
		({workload: a}, {workload: b}) =>
			Number(b.readyReplicas > 0) - Number(a.readyReplicas > 0) ||
			Number(isMeant(b)) - Number(isMeant(a)) ||
			b.readyReplicas - a.readyReplicas ||
			b.replicas - a.replicas,
	)[0];
}

function recordOf(request: ClassRequest, requested: RequestedClass): ControllerRecord | undefined {
	switch (request.type) {
		case 'class':
			return recordByIngressClass(request.controllerName);
		case 'annotation':
		case 'unknown':
			return recordByClassName(requested);
		case 'missing':
		case 'none':
			return undefined;
	}
}

/** A cloud's controller that runs beside the control plane, known by what stands in the cluster. */
function beside(snapshot: Snapshot, requested: RequestedClass): ControllerRecord | undefined {
	const claimant = {flags: {}, classes: classesOf(snapshot)};
	return controllerRecords.find(
		({ingress, isPresent}) => isPresent?.(snapshot) && ingress?.takes(requested, claimant) === true,
	);
}

/** The Service whose address a controller copies to Ingresses leads to its data plane (Kong, CONTROLLER_PUBLISH_SERVICE). */
function publishedBy(
	snapshot: Snapshot,
	workloads: readonly KindedWorkload[],
	reader: KindedWorkload,
): KindedWorkload | undefined {
	const service = publishedService(snapshot, reader.workload);
	return best(
		workloads.filter(
			({workload}) =>
				service?.selector &&
				workload.namespace === service.namespace &&
				matchesLabels(service.selector, workload.templateLabels),
		),
	);
}

/** The workload that has the clients' connections: another one for Contour, Istio, Cilium. */
function frontendOf(
	workloads: readonly KindedWorkload[],
	reader: KindedWorkload,
	known: ControllerRecord | undefined,
): KindedWorkload {
	const frontends = known
		? workloads.filter(({workload}) => workload !== reader.workload && isDataPlaneOf(workload, known))
		: [];
	return (
		best(frontends.filter(({workload}) => workload.namespace === reader.workload.namespace)) ??
		best(frontends) ??
		reader
	);
}

function alikeOf(workloads: readonly KindedWorkload[], request: ClassRequest): readonly Workload[] {
	return request.type === 'class'
		? workloads
				.map(({workload}) => workload)
				.filter((workload) => !recognise(workload) && resembles(workload, request.controllerName))
		: [];
}

import type {Kind} from '../../model/kinds.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workload.ts';
import type {Controller} from '../../rules/controllers/controller.ts';
import {classesOf} from '../../rules/controllers/ingresses-of.ts';
import type {ControllerRecord} from '../../rules/controllers/record.ts';
import {recordByClassName, recordByIngressClass} from '../../rules/controllers/records.ts';
import type {RequestedClass} from '../../rules/ingress/requested-class.ts';
import {accessFinding} from '../access.ts';
import type {Finding} from '../finding.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {classRequest, type ClassRequest} from './class-request.ts';
import {mentions, resembles} from './likeness.ts';
import {makeController, type KindedWorkload} from './make.ts';
import {hasName, recognise} from './recognise.ts';
import {flagsOf} from './workload-flags.ts';

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
	/** Every workload was looked at and none runs it. `alike`: some look as if they might. */
	| {readonly type: 'nobody'; readonly known?: ControllerRecord; readonly alike: readonly Workload[]}
	/** Not all workloads may be read. */
	| {readonly type: 'unknown'; readonly known?: ControllerRecord; readonly findings: readonly Finding[]};

const workloadKinds = ['Deployment', 'DaemonSet', 'StatefulSet'] as const;

/** What serves Ingresses of a class: found by image, flags and labels among the workloads of all namespaces. */
export function findController(hopContext: HopContext, requested: RequestedClass): ControllerSearch {
	const {snapshot} = hopContext;
	const request = classRequest(snapshot, requested);
	const workloads = allWorkloads(snapshot);
	const reader = readerOf(snapshot, workloads, requested);
	const known = reader ? recognise(reader.workload) : recordOf(request, requested);
	if (reader) {
		const frontend = frontendOf(workloads, reader, known);
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

	const findings = unreadable(snapshot);
	return findings.length > 0
		? {type: 'unknown', known, findings}
		: {type: 'nobody', known, alike: alikeOf(workloads, request)};
}

/** What stands for a controller that was not found, so that its rules can be followed all the same. */
export function presumed(hopContext: HopContext, requested: RequestedClass): Controller {
	const request = classRequest(hopContext.snapshot, requested);
	const known = request.type === 'class' ? recordByIngressClass(request.controllerName) : undefined;
	return makeController(hopContext, {request, known});
}

function allWorkloads(snapshot: Snapshot): readonly KindedWorkload[] {
	return workloadKinds.flatMap((kind) => snapshot.list(kind).map((workload) => ({kind, workload})));
}

function readerOf(
	snapshot: Snapshot,
	workloads: readonly KindedWorkload[],
	requested: RequestedClass,
): KindedWorkload | undefined {
	return best(
		workloads.filter(({workload}) => serves(snapshot, workload, requested) === true),
		(workload) => isMeantFor(workload, requested),
	);
}

/** Undefined: the controller's rule is not known. */
function serves(snapshot: Snapshot, workload: Workload, requested: RequestedClass): boolean | undefined {
	const side = recognise(workload)?.ingress;
	const flags = flagsOf(workload);
	if (!side) {
		return !recognise(workload) && mentions(workload, classRequest(snapshot, requested));
	}

	return (
		(side.readsIngresses?.(flags) ?? true) && side.takes(requested, {flags, classes: classesOf(snapshot)})
	);
}

/** A flag of it names the very class: others with the same controller value may serve that class as well. */
function isMeantFor(workload: Workload, {className, annotation}: RequestedClass): boolean {
	const flag = flagsOf(workload)[recognise(workload)?.ingress?.classFlag ?? ''];
	return flag !== undefined && flag === (className ?? annotation);
}

/** Of several, one that works; then the one that is meant; then the larger. */
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

/** The workload that has the clients' connections: another one for Contour, Istio, Cilium. */
function frontendOf(
	workloads: readonly KindedWorkload[],
	reader: KindedWorkload,
	known: ControllerRecord | undefined,
): KindedWorkload {
	const names = known?.dataPlane;
	const frontends = names
		? workloads.filter(({workload}) => workload !== reader.workload && hasName(workload, names))
		: [];
	return (
		best(frontends.filter(({workload}) => workload.namespace === reader.workload.namespace)) ??
		best(frontends) ??
		reader
	);
}

function unreadable(snapshot: Snapshot): readonly Finding[] {
	return workloadKinds.flatMap((kind: Kind) => {
		const state = snapshot.state(kind);
		const found = isKnown(state) ? undefined : accessFinding(kind, undefined, state);
		return found ? [found] : [];
	});
}

function alikeOf(workloads: readonly KindedWorkload[], request: ClassRequest): readonly Workload[] {
	return request.type === 'class'
		? workloads
				.map(({workload}) => workload)
				.filter((workload) => !recognise(workload) && resembles(workload, request.controllerName))
		: [];
}

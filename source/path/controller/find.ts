import type {Kind} from '../../model/kinds.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import {knownByAnnotation, knownByName, type KnownController} from '../../rules/controllers/known.ts';
import type {Finding} from '../finding.ts';
import type {RequestedClass} from './requested-class.ts';
import {makeController, type KindedWorkload} from './make.ts';
import {hasName, recognise} from './recognise.ts';
import {mentions, resembles, serves} from './serves.ts';
import {flagsOf} from './workload-flags.ts';
import type {HopContext} from '../hop-evaluator.ts';
import type {Workload} from '../../model/workload.ts';
import type {Controller} from '../../rules/controllers/controller.ts';

export type ControllerSearch =
	/** `reader` reads Ingresses, `front` answers requests; often the same. */
	| {
			readonly type: 'found';
			readonly controller: Controller;
			readonly reader: Workload;
			readonly frontend: Workload;
	  }
	/** Run by a cloud: nothing to look at. */
	| {readonly type: 'managed'; readonly controller: Controller}
	/** Every workload was looked at and none runs it. `alike`: some look as if they might. */
	| {readonly type: 'nobody'; readonly known?: KnownController; readonly alike: readonly Workload[]}
	/** Not all workloads may be read. */
	| {readonly type: 'unknown'; readonly known?: KnownController; readonly findings: readonly Finding[]};

const workloadKinds = ['Deployment', 'DaemonSet', 'StatefulSet'] as const;

/** What runs the rules of a class: found by image, flags and labels among the workloads of all namespaces. */
export function findController(hopContext: HopContext, requested: RequestedClass): ControllerSearch {
	const workloads = allWorkloads(hopContext.snapshot);
	const serving = workloads.filter(({workload}) => isServedBy(workload, requested));
	const reader = best(serving, (workload) => isMeantFor(workload, requested));
	const known = reader ? recognise(reader.workload) : knownBy(requested);
	if (reader) {
		const frontend = frontendOf(workloads, reader, known);
		return {
			type: known?.managed ? 'managed' : 'found',
			controller: makeController(hopContext, {requested, known, reader, frontend}),
			reader: reader.workload,
			frontend: frontend.workload,
		};
	}

	if (known?.managed) {
		return {type: 'managed', controller: makeController(hopContext, {requested, known})};
	}

	const findings = unreadable(hopContext.snapshot);
	return findings.length > 0
		? {type: 'unknown', known, findings}
		: {type: 'nobody', known, alike: alikeOf(workloads, requested)};
}

function allWorkloads(snapshot: Snapshot): readonly KindedWorkload[] {
	return workloadKinds.flatMap((kind) => snapshot.list(kind).map((workload) => ({kind, workload})));
}

function isServedBy(workload: Workload, requested: RequestedClass): boolean {
	const known = recognise(workload);
	return known ? serves(workload, known, requested) : mentions(workload, requested);
}

/** A flag of it names the very class: others with the same controller value may serve that class as well. */
function isMeantFor(workload: Workload, requested: RequestedClass): boolean {
	const flag = recognise(workload)?.classFlags.name;
	return flag !== undefined && requested.type !== 'none' && flagsOf(workload)[flag] === requested.className;
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

function knownBy(requested: RequestedClass): KnownController | undefined {
	switch (requested.type) {
		case 'class':
			return knownByName(requested.controllerName);
		case 'annotation':
		case 'unknown': {
			const named = knownByAnnotation(requested.className);
			return named.length === 1 ? named[0] : undefined;
		}

		case 'missing':
		case 'none':
			return undefined;
	}
}

/** The workload that has the clients' connections: another one for Contour, Istio, Cilium. */
function frontendOf(
	workloads: readonly KindedWorkload[],
	reader: KindedWorkload,
	known: KnownController | undefined,
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

function alikeOf(workloads: readonly KindedWorkload[], requested: RequestedClass): readonly Workload[] {
	return requested.type === 'class'
		? workloads
				.map(({workload}) => workload)
				.filter((workload) => !recognise(workload) && resembles(workload, requested.controllerName))
		: [];
}

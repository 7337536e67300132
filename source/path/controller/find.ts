import type {Kind} from '../../model/kinds.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {accessFinding} from '../access.ts';
import {knownByAnnotation, knownByName, type KnownController} from '../../rules/controllers/known.ts';
import type {Finding} from '../finding.ts';
import type {ClassAsked} from './class-asked.ts';
import {makeController, type KindedWorkload} from './make.ts';
import {hasName, recognise} from './recognise.ts';
import {mentions, resembles, serves} from './serves.ts';
import {flagsOf} from './workload-flags.ts';
import type {Visit} from '../resolver.ts';
import type {Workload} from '../../model/workload.ts';
import type {Controller} from '../../rules/controllers/controller.ts';

export type ControllerSearch =
	/** `reader` reads Ingresses, `front` answers requests; often the same. */
	| {
			readonly type: 'found';
			readonly controller: Controller;
			readonly reader: Workload;
			readonly front: Workload;
	  }
	/** Run by a cloud: nothing to look at. */
	| {readonly type: 'managed'; readonly controller: Controller}
	/** Every workload was looked at and none runs it. `alike`: some look as if they might. */
	| {readonly type: 'nobody'; readonly known?: KnownController; readonly alike: readonly Workload[]}
	/** Not all workloads may be read. */
	| {readonly type: 'unknown'; readonly known?: KnownController; readonly findings: readonly Finding[]};

const workloadKinds = ['Deployment', 'DaemonSet', 'StatefulSet'] as const;

/** What runs the rules of a class: found by image, flags and labels among the workloads of all namespaces. */
export function findController(visit: Visit, asked: ClassAsked): ControllerSearch {
	const workloads = allWorkloads(visit.snapshot);
	const serving = workloads.filter(({workload}) => isServedBy(workload, asked));
	const reader = best(serving, (workload) => isMeantFor(workload, asked));
	const known = reader ? recognise(reader.workload) : knownBy(asked);
	if (reader) {
		const front = frontOf(workloads, reader, known);
		return {
			type: known?.managed ? 'managed' : 'found',
			controller: makeController(visit, {asked, known, reader, front}),
			reader: reader.workload,
			front: front.workload,
		};
	}

	if (known?.managed) {
		return {type: 'managed', controller: makeController(visit, {asked, known})};
	}

	const findings = unreadable(visit.snapshot);
	return findings.length > 0
		? {type: 'unknown', known, findings}
		: {type: 'nobody', known, alike: alikeOf(workloads, asked)};
}

function allWorkloads(snapshot: Snapshot): readonly KindedWorkload[] {
	return workloadKinds.flatMap((kind) => snapshot.list(kind).map((workload) => ({kind, workload})));
}

function isServedBy(workload: Workload, asked: ClassAsked): boolean {
	const known = recognise(workload);
	return known ? serves(workload, known, asked) : mentions(workload, asked);
}

/** A flag of it names the very class: others with the same controller value may serve that class as well. */
function isMeantFor(workload: Workload, asked: ClassAsked): boolean {
	const flag = recognise(workload)?.classFlags.name;
	return flag !== undefined && asked.type !== 'none' && flagsOf(workload)[flag] === asked.className;
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

function knownBy(asked: ClassAsked): KnownController | undefined {
	switch (asked.type) {
		case 'class':
			return knownByName(asked.controllerName);
		case 'annotation':
		case 'unknown': {
			const named = knownByAnnotation(asked.className);
			return named.length === 1 ? named[0] : undefined;
		}

		case 'missing':
		case 'none':
			return undefined;
	}
}

/** The workload that has the clients' connections: another one for Contour, Istio, Cilium. */
function frontOf(
	workloads: readonly KindedWorkload[],
	reader: KindedWorkload,
	known: KnownController | undefined,
): KindedWorkload {
	const names = known?.dataPlane;
	const fronts = names
		? workloads.filter(({workload}) => workload !== reader.workload && hasName(workload, names))
		: [];
	return (
		best(fronts.filter(({workload}) => workload.namespace === reader.workload.namespace)) ??
		best(fronts) ??
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

function alikeOf(workloads: readonly KindedWorkload[], asked: ClassAsked): readonly Workload[] {
	return asked.type === 'class'
		? workloads
				.map(({workload}) => workload)
				.filter((workload) => !recognise(workload) && resembles(workload, asked.controllerName))
		: [];
}

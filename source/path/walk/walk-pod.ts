import {lookup} from '../../model/snapshot.ts';
import type {Pod} from '../../model/pod.ts';
import type {Path} from '../report.ts';
import {hopKinds, type HopKind} from '../hop.ts';
import type {HopEvaluation} from '../hop-evaluator.ts';
import {podEvaluator} from '../pod/evaluate.ts';
import type {Target} from '../target.ts';
import {hopContextOf, type WalkContext} from './context.ts';
import {judge} from './path-verdict.ts';
import {skipped} from './skipped.ts';
import {unknownPath} from './unknown-path.ts';
import {evaluateHop} from './evaluate-hop.ts';

type PodTarget = Extract<Target, {kind: 'pod'}>;

/** `pod/NAME:PORT`: no name, no Service, only the pod. */
export function walkPod(context: WalkContext, target: PodTarget): readonly Path[] {
	const namespace = target.namespace ?? context.namespace ?? 'default';
	const found = lookup(context.snapshot, 'Pod', namespace, target.name);
	const title = target.port === undefined ? `pod/${target.name}` : `pod/${target.name}:${target.port}`;
	if ('unknown' in found) {
		return [unknownPath(title, {hop: 'pod', kind: 'Pod', namespace, state: found.unknown})];
	}

	return 'missing' in found ? [] : [judge({title, hops: podHops(context, found.found, target.port)})];
}

/** The way to a pod by its own address. */
export function podHops(
	context: WalkContext,
	pod: Pod,
	port: number | string | undefined,
	dns?: HopEvaluation<'dns'>,
): readonly HopEvaluation<HopKind>[] {
	const before = hopKinds.filter((kind) => kind !== 'pod');
	return [
		...before.map((kind) => (kind === 'dns' && dns) || skipped(kind, 'not on the way to a pod')),
		evaluateHop(podEvaluator, hopContextOf(context), {endpoints: [], pod, containerPort: port}),
	];
}

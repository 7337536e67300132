import type {Service} from '../../../model/services/service.ts';
import type {KindState, Snapshot} from '../../../model/snapshot.ts';
import {lookUpWorkload, servicesOfWorkload, workloadPods} from '../../../rules/workload-pods.ts';
import type {Path} from '../../report.ts';
import type {Target} from '../../target.ts';
import {parseTarget} from '../../target-text.ts';
import type {WalkContext} from '../context.ts';
import {entries} from '../entries.ts';
import {judge} from '../path-verdict.ts';
import {routesTo} from './routed-by.ts';
import {unknownPath} from '../unknown-path.ts';
import {podHops} from './walk-pod.ts';

type WorkloadTarget = Extract<Target, {kind: 'workload'}>;

/** Walks a target, as the user would have typed it. */
type Walk = (target: Target) => readonly Path[];

/** The most pods without a Service that are walked: one of many tells as much as all. */
const maxPods = 5;

/** `deploy/NAME[:PORT]`: the URLs and Services that lead to its pods; without any, the pods themselves. */
export function walkWorkload(
	context: WalkContext,
	target: WorkloadTarget,
	walkTarget: Walk,
): readonly Path[] {
	const {snapshot} = context;
	const workload = {...target, namespace: target.namespace ?? context.namespace ?? 'default'};
	const found = lookUpWorkload(snapshot, workload);
	const pods = found && 'missing' in found ? [] : workloadPods(snapshot, workload);
	if (pods.length === 0 && (!found || !('found' in found))) {
		return found && 'unknown' in found ? [unreadable(workload, found.unknown)] : [];
	}

	const services = servicesOfWorkload(snapshot, workload);
	const byService = services.flatMap((service) => servicePaths(service, target, walkTarget));
	return byService.length > 0
		? [...urlPaths(snapshot, services, walkTarget), ...byService]
		: pods
				.slice(0, maxPods)
				.map((pod) =>
					judge({title: titleOf(pod.name, target.port), hops: podHops(context, pod, target.port)}),
				);
}

function unreadable({workload, namespace, text}: WorkloadTarget, state: KindState): Path {
	// The lists of Jobs are never read: nothing of them is unknown.
	const kind = workload as Exclude<typeof workload, 'Job'>;
	return unknownPath(text, {hop: 'pod', kind, namespace, state});
}

function titleOf(pod: string, port: number | string | undefined): string {
	return port === undefined ? `pod/${pod}` : `pod/${pod}:${port}`;
}

/** With a port, only the Service ports that lead to it. */
function servicePaths(
	{namespace, name, ports}: Service,
	{port}: WorkloadTarget,
	walkTarget: Walk,
): readonly Path[] {
	const text = `svc/${namespace}/${name}`;
	if (port === undefined) {
		return walkTarget({kind: 'service', text, namespace, name});
	}

	return ports
		.filter((each) => each.targetPort === port || each.port === port || each.name === port)
		.flatMap((each) => walkTarget({kind: 'service', text, namespace, name, port: each.name || each.port}));
}

function urlPaths(snapshot: Snapshot, services: readonly Service[], walkTarget: Walk): readonly Path[] {
	const routes = services.flatMap((service) => routesTo(snapshot, service));
	const texts = entries(snapshot, undefined)
		.filter(({subject}) =>
			routes.some(
				({kind, namespace, name}) =>
					kind === subject.kind && namespace === subject.namespace && name === subject.name,
			),
		)
		.map(({target}) => target);
	return [...new Set(texts)]
		.flatMap((text) => {
			const parsed = parseTarget(text);
			return 'value' in parsed ? walkTarget(parsed.value) : [];
		})
		.filter((path) => leadsTo(path, services));
}

/** A path that ends before its Service may lead there. */
function leadsTo({hops}: Path, services: readonly Service[]): boolean {
	const subject = hops.find(({kind}) => kind === 'service')?.subject;
	return (
		!subject || services.some(({namespace, name}) => subject.namespace === namespace && subject.name === name)
	);
}

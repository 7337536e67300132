import type {Snapshot} from '../../model/snapshot.ts';
import type {Path, Trace} from '../report.ts';
import type {Target} from '../target.ts';
import type {WalkContext} from './context.ts';
import {notCheckedBy} from './not-checked.ts';
import {outsidePaths} from './outside-paths.ts';
import {routedBy} from './targets/routed-by.ts';
import {verdictOfAll} from './verdict.ts';
import {sourcesOf} from '../../rules/requested-sources.ts';
import {walkAddress} from './targets/walk-address.ts';
import {walkGateway} from './targets/walk-gateway.ts';
import {walkIngress} from './targets/walk-ingress.ts';
import {walkListenerSet} from './targets/walk-listener-set.ts';
import {walkPod} from './targets/walk-pod.ts';
import {walkRoute} from './targets/walk-route.ts';
import {walkRouter} from './targets/walk-router.ts';
import {walkService} from './targets/walk-service.ts';
import {walkUrl} from './targets/walk-url.ts';
import {walkWorkload} from './targets/walk-workload.ts';
import type {RequestedSource, Source} from '../../model/request.ts';

type WalkOptions = {
	readonly target: Target;
	/** Default: outside for URLs, Ingresses, routes and Gateways; any node for the rest. */
	readonly from?: RequestedSource;
	/** For objects without a namespace; for URLs the namespace whose rules are looked at first. */
	readonly namespace?: string;
	/** Default `full`. */
	readonly detail?: 'overview' | 'full';
};

/**
Follows a request hop by hop, over what a snapshot holds. Never fetches, never throws for what a cluster may contain.
No paths: the object asked for does not exist.
*/
export function walk(snapshot: Snapshot, {target, from, namespace, detail = 'full'}: WalkOptions): Trace {
	const requested = from ?? defaultSource(target);
	const walked = sourcesOf(snapshot, requested).map((source) => ({
		source,
		paths: pathsOf({snapshot, from: source, namespace, detail}, target),
	}));
	const [first = {source: {kind: 'node'} as const, paths: []}, ...others] = walked;
	const differs = others.some(({paths}) => outcomeOf(paths) !== outcomeOf(first.paths));
	const paths = differs
		? walked.flatMap(({source, paths}) => paths.map((path) => ({...path, from: source})))
		: first.paths;
	const outside = from
		? []
		: outsidePaths({snapshot, from: first.source, namespace, detail}, target, first.paths);
	const all = [...paths, ...outside];
	return {
		target: {kind: target.kind, text: target.text, namespace},
		from: first.source,
		verdict: verdictOfAll(all) ?? 'unknown',
		paths: all,
		notChecked: notCheckedBy(all),
		routedBy:
			target.kind === 'service'
				? routedBy(snapshot, target.namespace ?? namespace ?? 'default', target.name)
				: undefined,
	};
}

/** What distinguishes the same paths from two pods of a workload. */
function outcomeOf(paths: readonly Path[]): string {
	return JSON.stringify(
		paths.map(({verdict, brokenAt, symptom, rootCause}) => [verdict, brokenAt, symptom, rootCause]),
	);
}

function defaultSource({kind}: Target): Source {
	return ['service', 'pod', 'address', 'workload'].includes(kind) ? {kind: 'node'} : {kind: 'external'};
}

function pathsOf(context: WalkContext, target: Target): readonly Path[] {
	switch (target.kind) {
		case 'url':
			return walkUrl(context, target);
		case 'service':
			return walkService(context, target);
		case 'ingress':
			return walkIngress(context, target);
		case 'httproute':
		case 'grpcroute':
		case 'tlsroute':
		case 'tcproute':
		case 'udproute':
			return walkRoute(context, target);
		case 'gateway':
			return walkGateway(context, target);
		case 'listenerset':
		case 'xlistenerset':
			return walkListenerSet(context, target);
		case 'router':
			return walkRouter(context, target);
		case 'pod':
			return walkPod(context, target);
		case 'workload':
			return walkWorkload(context, target, (each) => pathsOf(context, each));
		case 'address':
			return walkAddress(context, target);
	}
}

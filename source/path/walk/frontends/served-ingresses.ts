import type {Ingress, IngressClass} from '../../../model/routes/ingress.ts';
import {refText} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {requestedClass, type RequestedClass} from '../../../rules/ingress/requested-class.ts';
import {memoize} from '../../../rules/memoize.ts';
import {ingressControllerEvaluator} from '../../controller/ingress/evaluate.ts';
import {isDivided} from '../../controller/serves-class.ts';
import type {HopContext} from '../../hop-evaluator.ts';
import {evaluateHop} from '../evaluate-hop.ts';

type Group = {readonly requested: RequestedClass; readonly ingresses: readonly Ingress[]};

export function byClass(snapshot: Snapshot, ingresses: readonly Ingress[]): readonly Group[] {
	const known = classesOf(ingresses);
	const classes = snapshot.list('IngressClass');
	if (known.from !== classes) {
		known.from = classes;
		known.groups = groupsOf(snapshot, ingresses);
	}

	return known.groups;
}

function groupsOf(snapshot: Snapshot, ingresses: readonly Ingress[]): readonly Group[] {
	const requests = ingresses.map((ingress) => ({ingress, requested: requestedClass(snapshot, ingress)}));
	return [...Map.groupBy(requests, ({requested}) => JSON.stringify(requested)).values()].map((group) => ({
		requested: group[0]!.requested,
		ingresses: group.map(({ingress}) => ingress),
	}));
}

const classesOf = memoize(
	(_fitting: readonly Ingress[]): {from?: readonly IngressClass[]; groups: readonly Group[]} => ({
		groups: [],
	}),
);

export type Served = Group & {
	readonly controllerHop: ReturnType<(typeof ingressControllerEvaluator)['evaluate']>;
};

/** Several classes of one controller are one: it merges the rules of a host. */
export function byController(hopContext: HopContext, groups: readonly Group[]): readonly Served[] {
	const each = groups
		.flatMap((group) => byNamespace(hopContext, group))
		.map((group) => servedBy(hopContext, group));
	const merged = Map.groupBy(each, (served, index) => workloadText(served) || String(index));
	return [...merged.values()]
		.map(([first, ...rest]) =>
			rest.length === 0
				? first!
				: servedBy(hopContext, {
						requested: first!.requested,
						ingresses: [first!, ...rest].flatMap(({ingresses}) => ingresses),
					}),
		)
		.flatMap((served) => byLoadBalancer(hopContext, served));
}

/** Tenants may have a controller each, all of one class. */
function byNamespace({snapshot}: HopContext, {requested, ingresses}: Group): readonly Group[] {
	return isDivided(snapshot, requested)
		? [...Map.groupBy(ingresses, ({namespace}) => namespace)].map(([namespace, own]) => ({
				requested: {...requested, namespace},
				ingresses: own,
			}))
		: [{requested, ingresses}];
}

export function workloadText({controllerHop}: Served): string {
	const {workload} = controllerHop.controller ?? {};
	return workload ? refText(workload) : '';
}

/** Where Ingresses have a load balancer of their own, each is a frontend. */
function byLoadBalancer(hopContext: HopContext, served: Served): readonly Served[] {
	const loadBalancerOf = served.controllerHop.controller?.record.ingress?.loadBalancerOf;
	if (!loadBalancerOf || served.ingresses.length < 2) {
		return [served];
	}

	return [...Map.groupBy(served.ingresses, loadBalancerOf).values()].map((ingresses) =>
		servedBy(hopContext, {requested: served.requested, ingresses}),
	);
}

function servedBy(hopContext: HopContext, group: Group): Served {
	return {...group, controllerHop: evaluateHop(ingressControllerEvaluator, hopContext, group)};
}

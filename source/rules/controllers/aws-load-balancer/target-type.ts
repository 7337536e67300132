import type {TargetGroupConfiguration} from '../../../model/services/aws-target-type.ts';
import type {Route} from '../../../model/routes/gateway.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import type {Service} from '../../../model/services/service.ts';
import type {Flags} from '../record/facts.ts';
import {isKnown, lookup, type Snapshot} from '../../../model/snapshot.ts';

const annotation = 'alb.ingress.kubernetes.io/target-type';

/**
Targets of an Ingress: `instance` are node ports, `ip` pods. IngressClassParams go before annotations, of the Service before those of
the Ingress (AWS Load Balancer Controller, pkg/ingress/model_build_target_group.go, buildTargetGroupTargetType). EKS Auto Mode has `ip`.
Undefined: the parameters may not be read, or the default of a class that was not read.
*/
export function targetTypeOfIngress(
	snapshot: Snapshot,
	ingress: Ingress,
	service: Service | undefined,
	flags: Flags,
): string | undefined {
	const ingressClass = snapshot.get('IngressClass', '', ingress.className ?? '');
	const {kind, name = ''} = ingressClass?.parameters ?? {};
	const params = kind === 'IngressClassParams' ? lookup(snapshot, kind, '', name) : undefined;
	if (params && 'unknown' in params) {
		return undefined;
	}

	return (
		(params && 'found' in params ? params.found.targetType : undefined) ??
		service?.annotations[annotation] ??
		ingress.annotations[annotation] ??
		flags['default-target-type'] ??
		defaultOf(snapshot, ingress, ingressClass?.controller)
	);
}

function defaultOf(
	snapshot: Snapshot,
	{className}: Ingress,
	controller: string | undefined,
): string | undefined {
	const isUnread =
		className !== undefined && controller === undefined && !isKnown(snapshot.state('IngressClass'));
	return isUnread ? undefined : controller === 'eks.amazonaws.com/alb' ? 'ip' : 'instance';
}

/**
Targets of a route: by what the controller made, else by the configuration of the Service (pkg/gateway/model/model_build_target_group.go).
Undefined: not read. That is so for what a LoadBalancerConfiguration takes as default (`defaultTargetGroupConfiguration`): a
configuration that names no Service may be it.
*/
export function targetTypeOfRoute(
	snapshot: Snapshot,
	{namespace, name}: Pick<Service, 'namespace' | 'name'>,
	{flags, route}: {readonly flags: Flags; readonly route: Route},
): string | undefined {
	const made = snapshot
		.list('TargetGroupBinding', namespace)
		.filter(({service}) => service === name)
		.map(({targetType}) => targetType);
	const all = snapshot.list('TargetGroupConfiguration');
	const own = all.find((each) => each.namespace === namespace && each.service === name);
	const isRead =
		isKnown(snapshot.state('TargetGroupConfiguration')) && all.every(({service}) => service !== '');
	return (
		// Two routes may have two target groups of one Service.
		(new Set(made).size === 1 ? made[0] : undefined) ??
		(own && (forRoute(own, route)?.targetType ?? own.targetType)) ??
		(isRead ? (flags['default-target-type'] ?? 'instance') : undefined)
	);
}

/** The route itself, else all of its kind and namespace, else all of its kind (tg_config_constructor.go, mergeWithLongestMatch). */
function forRoute(
	{routes}: TargetGroupConfiguration,
	{routeKind, namespace, name}: Route,
): TargetGroupConfiguration['routes'][number] | undefined {
	const ofKind = routes.filter(({kind}) => kind === routeKind);
	return (
		ofKind.find((each) => each.namespace === namespace && each.name === name) ??
		ofKind.find((each) => each.namespace === namespace && each.name === '') ??
		ofKind.find((each) => each.namespace === '' && each.name === '')
	);
}

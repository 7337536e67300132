import type {Ingress} from '../../../model/ingress.ts';
import type {Service} from '../../../model/service.ts';
import type {Flags} from '../record/facts.ts';
import {isKnown, lookup, type Snapshot} from '../../../model/snapshot.ts';

const annotation = 'alb.ingress.kubernetes.io/target-type';

/**
Targets of an Ingress: `instance` are node ports, `ip` pods. IngressClassParams go before annotations, of the Service before those of
the Ingress (AWS Load Balancer Controller, pkg/ingress/model_build_target_group.go, buildTargetGroupTargetType). EKS Auto Mode has `ip`.
Undefined: the parameters may not be read.
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
		(ingressClass?.controller === 'eks.amazonaws.com/alb' ? 'ip' : 'instance')
	);
}

/**
Targets of a route: by what the controller made, else by the configuration of the Service (pkg/gateway/model/model_build_target_group.go).
Undefined: not read. That is so for one route alone (`routeConfigurations`), and for what a LoadBalancerConfiguration takes as default
(`defaultTargetGroupConfiguration`): a configuration that names no Service may be it.
*/
export function targetTypeOfRoute(
	snapshot: Snapshot,
	{namespace, name}: Pick<Service, 'namespace' | 'name'>,
	flags: Flags,
): string | undefined {
	const made = snapshot.list('TargetGroupBinding', namespace).find(({service}) => service === name);
	const all = snapshot.list('TargetGroupConfiguration');
	const own = all.find((each) => each.namespace === namespace && each.service === name);
	const isRead =
		isKnown(snapshot.state('TargetGroupConfiguration')) &&
		!own?.hasRoutes &&
		all.every(({service}) => service !== '');
	return (
		made?.targetType ??
		(own?.hasRoutes ? undefined : own?.targetType) ??
		(isRead ? (flags['default-target-type'] ?? 'instance') : undefined)
	);
}

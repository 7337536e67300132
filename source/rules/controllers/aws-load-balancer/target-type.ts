import type {Ingress} from '../../../model/ingress.ts';
import type {Service} from '../../../model/service.ts';
import type {Flags} from '../facts.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';

const annotation = 'alb.ingress.kubernetes.io/target-type';

/**
Targets of an Ingress: `instance` are node ports, `ip` pods. IngressClassParams go before annotations, of the Service before those of
the Ingress (AWS Load Balancer Controller, pkg/ingress/model_build_target_group.go, buildTargetGroupTargetType). EKS Auto Mode has `ip`.
*/
export function targetTypeOfIngress(
	snapshot: Snapshot,
	ingress: Ingress,
	service: Service | undefined,
	flags: Flags,
): string {
	const ingressClass = snapshot.get('IngressClass', '', ingress.className ?? '');
	const {kind, name = ''} = ingressClass?.parameters ?? {};
	const params = kind === 'IngressClassParams' ? snapshot.get('IngressClassParams', '', name) : undefined;
	return (
		params?.targetType ??
		service?.annotations[annotation] ??
		ingress.annotations[annotation] ??
		flags['default-target-type'] ??
		(ingressClass?.controller === 'eks.amazonaws.com/alb' ? 'ip' : 'instance')
	);
}

/** Targets of a route: by what the controller made, else by the configuration of the Service; undefined: not read (pkg/gateway/model/model_build_target_group.go). */
export function targetTypeOfRoute(
	snapshot: Snapshot,
	{namespace, name}: Pick<Service, 'namespace' | 'name'>,
	flags: Flags,
): string | undefined {
	const made = snapshot.list('TargetGroupBinding', namespace).find(({service}) => service === name);
	const asked = snapshot
		.list('TargetGroupConfiguration', namespace)
		.find(({service, targetType}) => service === name && targetType !== undefined);
	const isRead = isKnown(snapshot.state('TargetGroupConfiguration', namespace));
	return (
		made?.targetType ??
		asked?.targetType ??
		(isRead ? (flags['default-target-type'] ?? 'instance') : undefined)
	);
}

import type {OpenShiftRoute} from '../../../model/routes/openshift-route.ts';
import {refOf} from '../../../model/ref.ts';
import type {Service, ServicePort} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {portsFor} from '../../openshift/backends.ts';
import type {RouterProblem} from '../router.ts';

/**
A Route without `port` takes the endpoints of all TCP ports of a Service, also those that lead to different ports of the pods
(template_helper.go, endpointsForAlias; route/v1 RouteSpec.port).
*/
export function mixedPorts(snapshot: Snapshot, route: OpenShiftRoute): readonly RouterProblem[] {
	const {namespace, backends, targetPort} = route;
	return targetPort === undefined
		? backends
				.filter(({weight}) => weight > 0)
				.flatMap(({name}) => snapshot.get('Service', namespace, name) ?? [])
				.filter((service) => differ(portsFor(route, service).surely))
				.slice(0, 1)
				.map((service) => mixed(route, service))
		: [];
}

function differ(ports: readonly ServicePort[]): boolean {
	return new Set(ports.map(({port, targetPort}) => String(targetPort ?? port))).size > 1;
}

function mixed(route: OpenShiftRoute, service: Service): RouterProblem {
	const names = portsFor(route, service).surely.flatMap((port) => port.name ?? []);
	return {
		type: 'mixed-ports',
		object: refOf('OpenShiftRoute', route),
		field: 'spec.port',
		value: 'absent',
		why: `all ports of Service ${service.name}`,
		remedy: `Set spec.port.targetPort to one of ${names.slice(0, 4).join(', ')}.`,
	};
}

import type {OpenShiftBackend, OpenShiftRoute} from '../../model/routes/openshift-route.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';

export type WeighedBackend = OpenShiftBackend & {
	/** 0 to 1. */
	readonly share: number;
};

/** Services by weight: 0 to 256 (openshift/router of 2026-08-04, pkg/router/template/router.go, getServiceUnitWeight). */
export function weighed({backends}: OpenShiftRoute): readonly WeighedBackend[] {
	const bounded = backends.map((backend) => ({
		...backend,
		weight: Math.min(256, Math.max(0, backend.weight)),
	}));
	const total = bounded.reduce((sum, {weight}) => sum + weight, 0);
	return bounded.map((backend) => ({...backend, share: total === 0 ? 0 : backend.weight / total}));
}

/**
Ports of a Service whose endpoints a Route takes: by the port's name or by the number that the *pods* listen on, never by the
Service's own number; without `port` all of them (template_helper.go, endpointsForAlias). `maybe`: its target is a name.
*/
export function portsFor(
	{targetPort}: OpenShiftRoute,
	{ports}: Service,
): {readonly surely: readonly ServicePort[]; readonly maybe: readonly ServicePort[]} {
	const tcp = ports.filter(({protocol}) => protocol === 'TCP');
	if (targetPort === undefined) {
		return {surely: tcp, maybe: []};
	}

	const wanted = String(targetPort);
	const surely = tcp.filter(({name, targetPort: own}) => name === wanted || String(own) === wanted);
	const isNumber = /^\d+$/u.test(wanted);
	return {
		surely: surely.filter(({targetPort: own, name}) => name === wanted || typeof own === 'number'),
		maybe: isNumber
			? tcp.filter((port) => typeof port.targetPort === 'string' && !surely.includes(port))
			: [],
	};
}

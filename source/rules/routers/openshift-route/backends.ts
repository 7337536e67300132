import {stateOfSlices} from '../../slices-state.ts';
import type {OpenShiftRoute} from '../../../model/routes/openshift-route.ts';
import type {Service, ServicePort} from '../../../model/services/service.ts';
import {isKnown, lookup, type Snapshot} from '../../../model/snapshot.ts';
import {portsFor, weighed, type WeighedBackend} from '../../openshift/backends.ts';
import {backendOf, type RouterBackend, type RouterProtocol} from '../backends.ts';

type Routed = {readonly backends: readonly RouterBackend[]; readonly undecided: readonly string[]};

/** Services by weight; one without endpoints gets nothing where others have some (router.go, calculateServiceWeights). */
export function routed(snapshot: Snapshot, route: OpenShiftRoute): Routed {
	const each = weighed(route).map((backend, index) => toService(snapshot, route, {backend, index}));
	const backends = each.flatMap((one) => one.backends);
	const filled = backends.filter((backend) => backend.share > 0 && !isEmpty(snapshot, backend));
	const total = filled.reduce((sum, {share}) => sum + share, 0);
	return {
		backends:
			total === 0
				? backends
				: backends.map((backend) => ({
						...backend,
						share: filled.includes(backend) ? backend.share / total : 0,
					})),
		undecided: each.flatMap((one) => one.undecided),
	};
}

/** Known to have no ready endpoint. */
function isEmpty(snapshot: Snapshot, {namespace, name, problem}: RouterBackend): boolean {
	const service = snapshot.get('Service', namespace, name);
	return (
		problem !== undefined ||
		(service !== undefined &&
			isKnown(stateOfSlices(snapshot, service)) &&
			snapshot.slicesOf(namespace, name).every(({endpoints}) => endpoints.every(({ready}) => !ready)))
	);
}

/** haproxy-config.template: only reencrypt opens TLS to the pods, and passthrough passes on what comes. */
function spokenBy({tls}: OpenShiftRoute): RouterProtocol {
	const setBy = 'spec.tls.termination of the Route';
	return tls?.termination === 'passthrough'
		? {tls: true, isPassedOn: true, setBy}
		: {tls: tls?.termination === 'reencrypt', setBy};
}

type Placed = {readonly backend: WeighedBackend; readonly index: number};

function toService(snapshot: Snapshot, route: OpenShiftRoute, {backend, index}: Placed): Routed {
	const {namespace, targetPort} = route;
	const {name, weight, share} = backend;
	const field = index === 0 ? 'spec.to.name' : `spec.alternateBackends[${index - 1}].name`;
	const found = lookup(snapshot, 'Service', namespace, name);
	const service = 'found' in found ? found.found : undefined;
	const {surely, maybe} = service ? portsFor(route, service) : {surely: [], maybe: []};
	const wanted = {namespace, name, port: targetPort, weight, field};
	const one = (port: ServicePort | undefined): RouterBackend => ({
		...backendOf(snapshot, wanted, {
			portOf: () => port,
			whyNotRouted: ({type}: Service) =>
				type === 'ExternalName' ? 'it is of type ExternalName, which has no endpoints' : undefined,
			speaks: () => spokenBy(route),
		}),
		share: share / Math.max(1, surely.length),
	});
	if (service && targetPort !== undefined && surely.length + maybe.length === 0) {
		return {backends: [withoutPort(one(undefined), service, targetPort)], undecided: []};
	}

	return surely.length === 0 && maybe.length > 0
		? {
				backends: [],
				undecided: [`whether the pods of Service ${name} listen on ${targetPort} by a name`],
			}
		: {backends: surely.length > 0 ? surely.map(one) : [one(undefined)], undecided: []};
}

/** Its number is never that of the Service. */
function withoutPort(
	backend: RouterBackend,
	{name, ports}: Service,
	targetPort: number | string,
): RouterBackend {
	const names = ports.flatMap((port) => [port.name, String(port.targetPort)]).filter(Boolean);
	return {
		...backend,
		field: 'spec.port.targetPort',
		problem: {
			type: 'not-routed',
			value: String(targetPort),
			why: `no endpoint has port ${targetPort}`,
			remedy: `Name the port of the Service, or the number that the pods listen on: ${names.join(' or ') || `Service ${name} has none`}.`,
		},
	};
}

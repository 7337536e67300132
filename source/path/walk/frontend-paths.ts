import {refOf, refText} from '../../model/ref.ts';
import type {HopKind} from '../hop.ts';
import type {Path} from '../report.ts';
import type {Resolved, Visit} from '../resolver.ts';
import {addressFields} from '../load-balancer/address-fields.ts';
import {dnsResolver} from '../dns/evaluate.ts';
import {loadBalancerResolver} from '../load-balancer/evaluate.ts';
import type {Front} from './frontend.ts';
import {judge} from './judge.ts';
import {plainEndpoints, servicePaths} from './service-path.ts';
import {skipped} from './skipped.ts';
import {visitHop} from './visit-hop.ts';
import type {Source} from '../../model/request.ts';
import type {RoutedBackend} from '../../rules/backend.ts';
import type {Controller} from '../../rules/controllers/controller.ts';

/** A path for every backend that a rule chose, each judged on its own. */
export function frontPaths(title: string, front: Front): readonly Path[] {
	const head = [dnsHop(front), loadBalancerHop(front), front.controllerHop, front.routeHop];
	const live = front.backends.filter(({weight}) => weight > 0);
	if (live.length === 0) {
		const why = front.redirects ? 'answered by the redirect' : 'not reached';
		return [judge({title, hops: [...head, ...tail(why)], controller: front.controller})];
	}

	return live.flatMap((backend) =>
		backendPaths(live.length === 1 ? title : `${title} → ${backend.name}`, {head, front, backend}),
	);
}

function tail(why: string): readonly Resolved<HopKind>[] {
	return (['service', 'endpoints', 'kube-proxy', 'network-policy', 'pod'] as const).map((kind) =>
		skipped(kind, why),
	);
}

type BackendPath = {
	readonly head: readonly Resolved<HopKind>[];
	readonly front: Front;
	readonly backend: RoutedBackend;
};

function backendPaths(title: string, {head, front, backend}: BackendPath): readonly Path[] {
	const {controller} = front;
	const legs = isService(backend)
		? servicePaths(behind(front.visit, controller), {
				namespace: backend.namespace,
				name: backend.name,
				servicePort: backend.servicePort,
				via: 'route',
				entrance: 'cluster-ip',
				controller,
				throughProxy: backend.throughProxy,
			})
		: [tail(`backend is a ${backend.kind}`)];
	const {share, throughProxy} = backend;
	return legs.map((leg) => judge({title, hops: [...head, ...leg], controller, throughProxy, share}));
}

function isService({kind}: RoutedBackend): boolean {
	return kind === 'Service';
}

/** Behind a controller its pods are the clients. */
function behind(visit: Visit, controller: Controller | undefined): Visit {
	const pod = controller?.pods.find(({ready}) => ready) ?? controller?.pods[0];
	const source: Source = pod ? {kind: 'pod', namespace: pod.namespace, name: pod.name} : {kind: 'node'};
	return {...visit, source};
}

function dnsHop({visit, request, ...front}: Front): Resolved<'dns'> {
	if (request.host === '' || request.host.startsWith('*.')) {
		return skipped('dns', request.host === '' ? 'any host' : 'a wildcard: ask for a concrete host');
	}

	return visitHop(dnsResolver, visit, {type: 'host', host: request.host, ...entryOf(front)});
}

/** The load balancer's own status counts before what the Ingress or Gateway repeats of it. */
function entryOf({
	service,
	addresses,
	stated,
}: Pick<Front, 'service' | 'addresses' | 'stated'>): Pick<Front, 'addresses' | 'stated'> {
	return service && service.loadBalancer.length > 0
		? {
				addresses: service.loadBalancer,
				stated: addressFields(refText(refOf('Service', service)), service.loadBalancer),
			}
		: {addresses, stated};
}

function loadBalancerHop({visit, request, service, addresses, stated}: Front): Resolved<'load-balancer'> {
	const port =
		service?.ports.find((each) => each.port === request.port) ??
		service?.ports.find(({protocol}) => protocol === 'TCP');
	return visitHop(loadBalancerResolver, visit, {
		service,
		port,
		endpoints: service && port && plainEndpoints(visit, service, port),
		addresses,
		stated,
		clientPort: request.port,
	});
}

import {refOf} from '../../../model/ref.ts';
import type {HopKind} from '../../hop-kind.ts';
import type {Path} from '../../report.ts';
import type {HopEvaluation, HopContext} from '../../hop-evaluator.ts';
import {unknownHostOf} from '../../controller/unknown-host.ts';
import {addressFields} from '../../load-balancer/address-fields.ts';
import {proxyBehind} from '../../kube-proxy/behind-load-balancer.ts';
import {doorOf} from '../../load-balancer/doors.ts';
import {dnsEvaluator} from '../../dns/evaluate.ts';
import {leadsElsewhere, wayOnwards} from '../../dns/recorded-entry.ts';
import {recorded} from './recorded.ts';
import {loadBalancerEvaluator} from '../../load-balancer/evaluate.ts';
import type {Frontend} from './frontend.ts';
import {judge} from '../path-verdict.ts';
import {aliasBackend} from '../service/alias-backend.ts';
import {plainEndpoints, servicePaths} from '../service/service-path.ts';
import {hopsBehindRoute, notReached, skipped} from '../skipped.ts';
import {evaluateHop} from '../evaluate-hop.ts';
import {grpcStatus, isGrpc} from '../../../rules/grpc-status.ts';
import type {Source} from '../../../model/request.ts';
import {closedTargetOf} from '../../../rules/controllers/record/closed-target.ts';
import type {RoutedBackend} from '../../../rules/backend.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';

/** A path for every backend that a rule chose, each judged on its own. */
export function frontendPaths(title: string, frontend: Frontend): readonly Path[] {
	return pathsOf(title, frontend).map((path) => asGrpc(path, frontend));
}

/** Envoy answers a request of gRPC in gRPC. */
function asGrpc(path: Path, {controller, request}: Frontend): Path {
	const status = /^http-(?<status>\d+)$/u.exec(path.symptom ?? '')?.groups?.['status'];
	return status && controller?.record.isEnvoy && isGrpc(request)
		? {...path, symptom: `grpc-${grpcStatus(Number(status))}`}
		: path;
}

function pathsOf(title: string, frontend: Frontend): readonly Path[] {
	const head = [dnsHop(frontend), loadBalancerHop(frontend), frontend.controllerHop, frontend.routeHop];
	const live = frontend.backends.filter(({weight}) => weight > 0);
	if (live.length === 0) {
		const behind = frontend.answeredBy
			? tail(`answered by ${frontend.answeredBy}`)
			: hopsBehindRoute.map((kind) => notReached(kind));
		return [judge({title, hops: [...head, ...behind], controller: frontend.controller})];
	}

	return live.flatMap((backend) =>
		backendPaths(live.length === 1 ? title : `${title} → ${backend.name}`, {head, frontend, backend}),
	);
}

function tail(why: string): readonly HopEvaluation<HopKind>[] {
	return hopsBehindRoute.map((kind) => skipped(kind, why));
}

type BackendPath = {
	readonly head: readonly HopEvaluation<HopKind>[];
	readonly frontend: Frontend;
	readonly backend: RoutedBackend;
};

function backendPaths(title: string, {head, frontend, backend}: BackendPath): readonly Path[] {
	const {controller} = frontend;
	const {share} = backend;
	const hopContext = behind(frontend.hopContext, controller);
	const alias = backend.kind === 'Service' ? aliasBackend(hopContext, backend, controller) : undefined;
	const segments = alias ?? segmentsOf(hopContext, backend, controller);
	// The controller connects to the address that the name of an ExternalName Service has.
	const throughProxy = alias ? true : backend.throughProxy;
	return segments.map((segment) =>
		judge({title, hops: [...head, ...segment], controller, throughProxy, share}),
	);
}

function segmentsOf(
	hopContext: HopContext,
	{kind, namespace, name, servicePort, throughProxy, subset}: RoutedBackend,
	controller: Controller | undefined,
): readonly (readonly HopEvaluation<HopKind>[])[] {
	return kind === 'Service'
		? servicePaths(hopContext, {
				namespace,
				name,
				servicePort,
				via: 'route',
				exposureType: 'cluster-ip',
				controller,
				throughProxy,
				subset,
			})
		: [tail(`backend is a ${kind}`)];
}

/** Behind a controller its pods are the clients. */
function behind(hopContext: HopContext, controller: Controller | undefined): HopContext {
	const pod = controller?.pods.find(({ready}) => ready) ?? controller?.pods[0];
	const source: Source = pod ? {kind: 'pod', namespace: pod.namespace, name: pod.name} : {kind: 'node'};
	return {...hopContext, source};
}

function dnsHop(frontend: Frontend): HopEvaluation<'dns'> {
	const {hopContext, request} = frontend;
	if (request.host === '' || request.host.startsWith('*.')) {
		return skipped('dns', request.host === '' ? 'any host' : 'a wildcard: ask for a concrete host');
	}

	const host = request.connectTo ?? request.host;
	const own = entryOf(frontend);
	const entry = request.connectTo === undefined ? recorded(frontend) : undefined;
	const expected = entry ? {...entry, alternatives: own.addresses} : own;
	const {hop, ...found} = evaluateHop(dnsEvaluator, hopContext, {type: 'host', host, ...expected});
	const isElsewhere = leadsElsewhere(hopContext.snapshot, host, expected);
	const notChecked = isElsewhere ? [wayOnwards(expected)] : hop.notChecked;
	return {...found, hop: {...hop, notChecked}};
}

/** The load balancer's own status counts before what the Ingress or Gateway repeats of it. */
function entryOf({
	service,
	addresses,
	stated,
}: Pick<Frontend, 'service' | 'addresses' | 'stated'>): Pick<Frontend, 'addresses' | 'stated'> {
	return service && service.loadBalancer.length > 0
		? {
				addresses: service.loadBalancer,
				stated: addressFields(refOf('Service', service), service.loadBalancer),
			}
		: {addresses, stated};
}

function loadBalancerHop({
	hopContext,
	request,
	service,
	addresses,
	stated,
	controller,
	ingresses,
	redirectLoop,
	tlsEnds,
}: Frontend): HopEvaluation<'load-balancer'> {
	// A port of UDP with the same number is that of HTTP/3.
	const ports = service?.ports.filter(({protocol}) => protocol !== 'UDP') ?? [];
	const port =
		ports.find((each) => each.port === request.port) ?? ports.find(({protocol}) => protocol === 'TCP');
	const input = {
		service,
		port,
		endpoints: service && port && plainEndpoints(hopContext, service, port),
		addresses,
		stated,
		clientPort: request.port,
		redirectLoop,
		tlsEnds,
		unknownHost: () => unknownHostOf(hopContext.snapshot, controller),
		closedTarget: closedTargetOf(hopContext.snapshot, controller, {service, port}),
		door: doorOf(hopContext.snapshot, controller, {request, ingresses}),
	};
	return evaluateHop(
		loadBalancerEvaluator,
		hopContext,
		service ? {...input, ...proxyBehind(hopContext, service)} : input,
	);
}

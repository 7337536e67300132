import type {HttpRequest} from '../../../model/request.ts';
import {isHeadless, type IpFamily, type Service, type ServicePort} from '../../../model/services/service.ts';
import {lookup} from '../../../model/snapshot.ts';
import type {HopKind} from '../../hop-kind.ts';
import type {Path} from '../../report.ts';
import type {HopEvaluation, HopContext} from '../../hop-evaluator.ts';
import {dnsEvaluator} from '../../dns/evaluate.ts';
import type {Target} from '../../target.ts';
import {aliasPaths} from '../service/alias-paths.ts';
import {hopContextOf, type WalkContext} from '../context.ts';
import {isUnmapped} from '../../service/headless-port.ts';
import {judge} from '../path-verdict.ts';
import {servicePaths} from '../service/service-path.ts';
import {skipped} from '../skipped.ts';
import {unknownPath} from '../unknown-path.ts';
import {boundByHand} from '../../../rules/load-balancers/pod-targets.ts';
import {evaluateHop} from '../evaluate-hop.ts';
import type {NodeAddress} from '../../kube-proxy/context.ts';
import type {ExposureType} from '../../../rules/kube-proxy/exposure-type.ts';
import {type RequestedPort, frontendHop} from '../frontends/frontend-hop.ts';

/** How a client comes to the Service, where that is by a URL or an address. */
export type Approach = {
	/** Absent: the Service's own. */
	readonly title?: string;
	/** Absent: the name of the Service is asked for. */
	readonly dns?: HopEvaluation<'dns'>;
	/** Of a client inside, that uses the address of the load balancer. */
	readonly clientNode?: string;
	/** Of a node port. */
	readonly nodeAddress?: NodeAddress;
	/** Of the address that the client connects to. */
	readonly family?: IpFamily;
	/** What the client speaks to it, where a URL says so. */
	readonly scheme?: HttpRequest['scheme'];
};

/** `svc/NAME[:PORT]`: a path for every port asked for, and for every family of a dual-stack Service. */
export function walkService(
	context: WalkContext,
	target: Extract<Target, {kind: 'service'}>,
	approach?: Approach,
): readonly Path[] {
	const namespace = target.namespace ?? context.namespace ?? 'default';
	const title = `svc/${target.name}`;
	const found = lookup(context.snapshot, 'Service', namespace, target.name);
	if ('unknown' in found) {
		return [unknownPath(title, {hop: 'service', kind: 'Service', namespace, state: found.unknown})];
	}

	if ('missing' in found) {
		return [];
	}

	const ports = requestedPorts(found.found, target.port);
	const families = familiesOf(context, found.found);
	const requested = families.filter((family) => family === (approach?.family ?? family));
	return ports.flatMap((port) =>
		(requested.length > 0 ? requested : families).flatMap((family) =>
			walkPort(context, found.found, {
				port,
				family,
				approach,
				clientPort: typeof target.port === 'number' ? target.port : undefined,
			}),
		),
	);
}
type Requested = {
	readonly port: RequestedPort | undefined;
	readonly family: IpFamily | undefined;
	readonly approach?: Approach;
	readonly clientPort?: number;
};

function requestedPorts(
	service: Service,
	port: number | string | undefined,
): readonly (RequestedPort | undefined)[] {
	if (port !== undefined) {
		return [typeof port === 'number' ? {number: port} : (portWithProtocol(service, port) ?? {name: port})];
	}

	return service.ports.length === 0 ? [undefined] : service.ports.map(asRequested);
}

function asRequested({name, port}: ServicePort): RequestedPort {
	return name === '' ? {number: port} : {name};
}

/** `53/UDP`: of two ports with one number the one of that protocol. */
function portWithProtocol({ports}: Service, text: string): RequestedPort | undefined {
	const [of, protocol = ''] = text.split('/');
	const found = ports.find(
		(each) => (String(each.port) === of || each.name === of) && each.protocol === protocol.toUpperCase(),
	);
	return found && asRequested(found);
}

// Only a dual-stack Service is walked a family at a time; else the title does not name the only one. The API gives both
// families to a headless Service without selector, whatever stands behind it (setDefaultSpecIPFamilies): those that have
// slices count.
function familiesOf({snapshot}: WalkContext, service: Service): readonly (IpFamily | undefined)[] {
	if (service.ipFamilies.length < 2 || service.type === 'ExternalName') {
		return [undefined];
	}

	if (!isHeadless(service) || service.selector) {
		return service.ipFamilies;
	}

	const types = new Set(
		snapshot.slicesOf(service.namespace, service.name).map(({addressType}) => addressType),
	);
	const listed = service.ipFamilies.filter((family) => types.has(family));
	return listed.length > 1 ? listed : [listed[0]];
}

function walkPort(context: WalkContext, service: Service, requested: Requested): readonly Path[] {
	const {port, family, approach, clientPort} = requested;
	const hopContext = hopContextOf(context);
	const segment = {
		servicePort: port,
		via: 'target',
		clientPort,
		exposureType: approach?.nodeAddress
			? 'node-port'
			: (context.exposureType ?? exposureTypeOf(hopContext, service)),
		family,
		nodeAddress: approach?.nodeAddress,
		scheme: approach?.scheme,
	} as const;
	const behind = aliasPaths(hopContext, service, segment);
	const segments =
		behind ?? servicePaths(hopContext, {...segment, namespace: service.namespace, name: service.name});
	return segments.map((segment) =>
		judge({
			title: approach?.title ?? titleOf(hopContext, {service, requested, segment}),
			family,
			hops: [
				...hopsBefore(context, service, requested),
				skipped('controller', 'not on the way to a Service'),
				skipped('route', 'not on the way to a Service'),
				...segment,
			],
		}),
	);
}

/** DNS and load balancer. */
function hopsBefore(
	context: WalkContext,
	service: Service,
	{port: requested, approach}: Requested,
): readonly HopEvaluation<HopKind>[] {
	const hopContext = hopContextOf(context);
	const {exposureType} = context;
	const byAddress = exposureType && hopContext.source.kind !== 'external';
	return [
		approach?.dns ?? (byAddress ? skipped('dns', 'an address is asked for') : dnsHop(hopContext, service)),
		approach?.nodeAddress
			? skipped('load-balancer', 'not on the way: a node port is asked for')
			: frontendHop(hopContext, {service, requested, exposureType, clientNode: approach?.clientNode}),
	];
}

type Titled = {
	readonly service: Service;
	readonly requested: Requested;
	readonly segment: readonly HopEvaluation<HopKind>[];
};

function titleOf({snapshot}: HopContext, {service, requested, segment}: Titled): string {
	const {port, family, clientPort} = requested;
	const details = segment[0]?.hop.details as
		| {readonly port?: {readonly name?: string; readonly port: number; readonly protocol: string}}
		| undefined;
	// A client that asks for the port by its name is told the target port (SRV); one that takes the number is refused (KNET513).
	const slices = snapshot.slicesOf(service.namespace, service.name);
	const isByName =
		clientPort === undefined &&
		service.ports.some((each) => each.port === details?.port?.port && isUnmapped(service, each, slices));
	const number = isByName ? details?.port?.name : (details?.port?.port ?? port?.number ?? port?.name);
	const protocol = details?.port?.protocol ?? 'TCP';
	const suffix = `${protocol === 'TCP' ? '' : `/${protocol}`}${family ? ` ${family}` : ''}`;
	return number === undefined ? `svc/${service.name}${suffix}` : `svc/${service.name}:${number}${suffix}`;
}

/** From outside a Service is reached by its load balancer, else by a node port; from inside by its cluster IP. */
function exposureTypeOf({source, snapshot}: HopContext, service: Service): ExposureType {
	if (source.kind !== 'external') {
		return 'cluster-ip';
	}

	if (service.type === 'LoadBalancer' || boundByHand(snapshot, service, undefined).length > 0) {
		return 'load-balancer';
	}

	return service.externalIPs.length > 0
		? 'external-ip'
		: service.type === 'NodePort'
			? 'node-port'
			: 'cluster-ip';
}

function dnsHop(hopContext: HopContext, service: Service): HopEvaluation<HopKind> {
	return hopContext.source.kind === 'external'
		? skipped('dns', 'no host name is asked for')
		: evaluateHop(dnsEvaluator, hopContext, {type: 'service', service});
}

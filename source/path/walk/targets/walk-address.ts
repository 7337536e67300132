import type {Node} from '../../../model/workloads/node.ts';
import type {Pod} from '../../../model/workloads/pod.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {Service} from '../../../model/services/service.ts';
import {ipText, joinHostPort, parseIp} from '../../../model/matching/ip.ts';
import {isLoopback} from '../../../rules/kube-proxy/node-port-addresses.ts';
import type {NodeAddress} from '../../kube-proxy/context.ts';
import {skipped} from '../skipped.ts';
import type {Path} from '../../report.ts';
import type {Target} from '../../target.ts';
import type {WalkContext} from '../context.ts';
import {judge} from '../path-verdict.ts';
import {podHops} from './walk-pod.ts';
import {walkService, type Approach} from './walk-service.ts';
import {nodeOfAddress} from '../../../rules/node-of-address.ts';
import {capturesLoadBalancerIp} from '../../../rules/kube-proxy/proxy-port.ts';
import type {ExposureType} from '../../../rules/kube-proxy/exposure-type.ts';
import type {Source} from '../../../model/request.ts';

type AddressTarget = Extract<Target, {kind: 'address'}>;

/** `IP:PORT`: the Service that has the address (cluster, load balancer, external IP or node port), else the pod. */
export function walkAddress(
	context: WalkContext,
	target: AddressTarget,
	approach?: Approach,
): readonly Path[] {
	const ip = target.ip || addressOfNode(context.snapshot, target);
	return ip === undefined ? [] : walkIp(context, {...target, ip}, approach);
}

function walkIp(context: WalkContext, target: AddressTarget, approach?: Approach): readonly Path[] {
	const services = context.snapshot.list('Service');
	// Several Services may have one address (an external IP that is a node's, a shared load balancer): the port decides.
	const owners = services.flatMap((service) => ownerOf(context, service, target));
	const byAddress: Approach = {
		...approach,
		dns: approach?.dns ?? skipped('dns', 'an address is asked for'),
		family: parseIp(target.ip)?.family,
	};
	const owner = owners.find(({service, port}) => service.ports.some((each) => each.port === port));
	if (owner) {
		return pathsOf(context, owner, byAddress);
	}

	const behind = services.flatMap((service) => nodePortOf(context, service, target))[0];
	if (behind) {
		return walkService({...context, from: behind.from}, targetOf(behind), {
			...byAddress,
			title: approach?.title ?? joinHostPort(target.ip, target.port),
			nodeAddress: behind.nodeAddress,
		});
	}

	// kube-proxy takes the Service's ports only: any other port of a node's address is the node's own.
	const [other] = owners.length > 0 && nodeAt(context, target.ip) === undefined ? owners : [];
	return (
		doorPaths(context, target, approach) ??
		(other ? pathsOf(context, other, byAddress) : podPaths(context, target, approach))
	);
}

/** A pod that listens on its node. For a URL its controller says at which addresses it listens. */
function doorPaths(
	context: WalkContext,
	target: AddressTarget,
	approach: Approach | undefined,
): readonly Path[] | undefined {
	const door = approach ? undefined : podAtNode(context, target);
	if (!door) {
		return undefined;
	}

	const inside = {...context, from: sourceOf(context)};
	const hops = podHops(inside, door.pod, door.port, {isAtNode: true});
	return [judge({title: joinHostPort(target.ip, target.port), hops})];
}

function podPaths(
	context: WalkContext,
	{ip, port}: AddressTarget,
	approach: Approach | undefined,
): readonly Path[] {
	const pod = podOfEndpoint(context, ip);
	const title = approach?.title ?? `${ip}:${port}`;
	return pod ? [judge({title, hops: podHops(context, pod, port, {dns: approach?.dns})})] : [];
}

/** Its InternalIP before others, in a family of the Service whose node port is asked for. */
function addressOfNode(snapshot: Snapshot, {node = '', port}: AddressTarget): string | undefined {
	const all = snapshot.get('Node', '', node)?.addresses ?? [];
	const ips = [...all.filter(isInternal), ...all.filter((each) => !isInternal(each))].flatMap(
		({address}) => parseIp(address) ?? [],
	);
	const service = snapshot.list('Service').find(({ports}) => ports.some(({nodePort}) => nodePort === port));
	const found = ips.find(({family}) => service?.ipFamilies.includes(family)) ?? ips[0];
	return found && ipText(found);
}

function isInternal({type}: Node['addresses'][number]): boolean {
	return type === 'InternalIP';
}

function pathsOf(context: WalkContext, owner: Owner, approach: Approach): readonly Path[] {
	const {from, exposureType} = owner;
	return walkService({...context, from, exposureType}, targetOf(owner), approach);
}

/** The pod whose address an EndpointSlice holds, or that no Service selects. */
function podOfEndpoint({snapshot}: WalkContext, ip: string): Pod | undefined {
	const endpoint = snapshot
		.list('EndpointSlice')
		.flatMap(({endpoints}) => endpoints)
		.find(({addresses}) => addresses.includes(ip));
	return endpoint?.pod
		? snapshot.get('Pod', endpoint.pod.namespace, endpoint.pod.name)
		: snapshot.podsWithIp(ip).find(({phase, hostNetwork}) => phase === 'Running' && !hostNetwork);
}

type Owner = {
	readonly service: Service;
	readonly port: number;
	readonly from: Source;
	readonly exposureType?: ExposureType;
};

function ownerOf(context: WalkContext, service: Service, {ip, port}: AddressTarget): readonly Owner[] {
	const outside: Source = context.from.kind === 'external' ? context.from : {kind: 'external'};
	if (service.clusterIPs.includes(ip)) {
		return [{service, port, from: context.from.kind === 'external' ? {kind: 'node'} : context.from}];
	}

	if (isInside(context.from) && capturesLoadBalancerIp(service, ip)) {
		return [{service, port, from: context.from, exposureType: 'load-balancer'}];
	}

	if (service.loadBalancer.some((ingress) => ingress.ip === ip)) {
		return [{service, port, from: outside}];
	}

	// kube-proxy takes external IPs on every node, also on that of the client.
	const from = isInside(context.from) ? context.from : outside;
	return service.externalIPs.includes(ip) ? [{service, port, from, exposureType: 'external-ip'}] : [];
}

function targetOf({service, port}: Owner): Extract<Target, {kind: 'service'}> {
	const {namespace, name} = service;
	return {kind: 'service', text: `svc/${namespace}/${name}:${port}`, namespace, name, port};
}

/** The Service behind a node port, where the address is one of a node; kube-proxy opens it in the families of the Service. */
function nodePortOf(
	context: WalkContext,
	service: Service,
	{ip, port}: AddressTarget,
): readonly (Owner & {readonly nodeAddress: NodeAddress})[] {
	const family = parseIp(ip)?.family;
	const isServed =
		family === undefined || service.ipFamilies.length === 0 || service.ipFamilies.includes(family);
	const behind = isServed ? service.ports.find(({nodePort}) => nodePort === port) : undefined;
	const node = behind && nodeAt(context, ip);
	return behind && node !== undefined
		? [{service, port: behind.port, from: sourceOf(context), nodeAddress: {ip, node}}]
		: [];
}

/** The pod that has the port on its node: a hostPort (the CNI plugin portmap), or its own port on the host network. */
function podAtNode(
	context: WalkContext,
	{ip, port}: AddressTarget,
): {readonly pod: Pod; readonly port: number} | undefined {
	const {snapshot} = context;
	const node = nodeAt(context, ip);
	const pods =
		node === undefined
			? []
			: snapshot.list('Pod').filter(({nodeName, phase}) => nodeName === node && phase === 'Running');
	return pods.flatMap((pod) => {
		const found = pod.containers
			.flatMap(({ports}) => ports)
			.find((each) => each.hostPort === port || (pod.hostNetwork && each.containerPort === port));
		return found ? [{pod, port: found.containerPort}] : [];
	})[0];
}

/** Loopback is that of the node that the request is made from. */
function nodeAt({snapshot, from}: WalkContext, ip: string): string | undefined {
	const parsed = parseIp(ip);
	if (parsed && isLoopback(parsed)) {
		return from.kind === 'node' ? from.name : undefined;
	}

	return nodeOfAddress(snapshot, ip)?.name;
}

/** A client that is not named may ask any address of a node. */
function sourceOf({from}: WalkContext): Source {
	return from.kind === 'node' && from.name === undefined ? {kind: 'external'} : from;
}

/** A client that was named: without one, an address of a load balancer is asked for from outside. */
function isInside(from: Source): boolean {
	return from.kind === 'pod' || (from.kind === 'node' && from.name !== undefined);
}

import type {Service} from '../../model/service.ts';
import type {Path} from '../report.ts';
import type {Target} from '../target.ts';
import type {WalkContext} from './context.ts';
import {judge} from './path-verdict.ts';
import {podHops} from './walk-pod.ts';
import {walkService, type Approach} from './walk-service.ts';
import type {Source} from '../../model/request.ts';

type AddressTarget = Extract<Target, {kind: 'address'}>;

/** `IP:PORT`: the Service that has the address (cluster, load balancer, external IP or node port), else the pod. */
export function walkAddress(
	context: WalkContext,
	target: AddressTarget,
	approach?: Approach,
): readonly Path[] {
	const owner = context.snapshot.list('Service').flatMap((service) => ownerOf(context, service, target))[0];
	if (owner) {
		const {service, port, from} = owner;
		const text = `svc/${service.namespace}/${service.name}:${port}`;
		return walkService(
			{...context, from},
			{kind: 'service', text, namespace: service.namespace, name: service.name, port},
			approach,
		);
	}

	const slice = context.snapshot
		.list('EndpointSlice')
		.flatMap(({endpoints}) => endpoints)
		.find(({addresses}) => addresses.includes(target.ip));
	const pod = slice?.pod && context.snapshot.get('Pod', slice.pod.namespace, slice.pod.name);
	const title = approach?.title ?? `${target.ip}:${target.port}`;
	return pod ? [judge({title, hops: podHops(context, pod, target.port, approach?.dns)})] : [];
}

type Owner = {readonly service: Service; readonly port: number; readonly from: Source};

function ownerOf(context: WalkContext, service: Service, {ip, port}: AddressTarget): readonly Owner[] {
	const outside: Source = context.from.kind === 'external' ? context.from : {kind: 'external'};
	if (service.clusterIPs.includes(ip)) {
		return [{service, port, from: context.from.kind === 'external' ? {kind: 'node'} : context.from}];
	}

	if (service.loadBalancer.some((ingress) => ingress.ip === ip) || service.externalIPs.includes(ip)) {
		return [{service, port, from: outside}];
	}

	const behindNode = service.ports.find(({nodePort}) => nodePort === port);
	return behindNode && isNodeAddress(context, ip) ? [{service, port: behindNode.port, from: outside}] : [];
}

function isNodeAddress({snapshot}: WalkContext, ip: string): boolean {
	return snapshot.list('Node').some(({addresses}) => addresses.some(({address}) => address === ip));
}

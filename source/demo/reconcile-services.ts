import {project} from '../projection/project.ts';
import {slicesFor, type ExpectedSlice} from '../rules/endpoint-slices/expected-slices.ts';
import {record, type Wire} from '../projection/wire.ts';
import {hashOf} from './hash-of.ts';
import type {Turn} from './turn.ts';
import {nameOf, type World, type WorldObject} from './world.ts';

/** What the EndpointSlice controller and the cloud's load balancer do in one turn. */
export function reconcileServices(turn: Turn): void {
	const {world} = turn;
	const pods = world.list('Pod').map((wire) => project('Pod', wire));
	const nodes = world.list('Node').map((wire) => project('Node', wire));
	const wanted = world.list('Service').flatMap((object) => {
		giveAddress(turn, object);
		const service = project('Service', object);
		return slicesFor({service, pods, nodes}).map((slice, position) => sliceObject(object, slice, position));
	});
	wanted.forEach((slice) => world.put(slice));
	const names = new Set(wanted.map(nameOf));
	world
		.list('EndpointSlice')
		.filter((slice) => !names.has(nameOf(slice)))
		.forEach((slice) => world.remove('EndpointSlice', nameOf(slice)));
}

function sliceObject(
	service: WorldObject,
	{addressType, labels, ports, endpoints}: ExpectedSlice,
	position: number,
): Wire {
	const {name, namespace, uid} = service.metadata;
	return {
		apiVersion: 'discovery.k8s.io/v1',
		kind: 'EndpointSlice',
		metadata: {
			name: `${name}-${hashOf(`${name}${addressType}${position}`).slice(0, 5)}`,
			namespace,
			labels,
			ownerReferences: [{apiVersion: 'v1', kind: 'Service', name, uid, controller: true}],
		},
		addressType,
		ports: ports.map((port) => ({...port})),
		endpoints: endpoints.map(({addresses, ready, serving, terminating, nodeName, zone, hostname, pod}) => ({
			addresses,
			conditions: {ready, serving, terminating},
			nodeName,
			zone,
			hostname,
			targetRef: pod && {kind: 'Pod', ...pod},
		})),
	};
}

/** The address that the demo's cloud gives, from the range kept for documentation (RFC 5737). */
const cloudAddress = '203.0.113.10';

function giveAddress({world, conditions}: Turn, service: WorldObject): void {
	if (record(service['spec'])['type'] !== 'LoadBalancer') {
		return;
	}

	const ingress = conditions.loadBalancerDown ? [] : [{ip: cloudAddress, ipMode: 'VIP'}];
	putStatus(world, service, {loadBalancer: ingress.length > 0 ? {ingress} : {}});
}

function putStatus(world: World, object: WorldObject, status: Wire): void {
	world.put({...object, status});
}

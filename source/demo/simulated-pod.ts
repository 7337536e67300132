import {list, number, record, text, type Wire} from '../projection/wire.ts';
import {nodes} from './seed.ts';
import {hashOf} from './hash-of.ts';
import type {Behaviour, Turn} from './turn.ts';
import {nameOf, type World, type WorldObject} from './world.ts';

const wellBehaved: Behaviour = {ready: true, failure: '', crashes: false};

/** A pod as its workload makes it, scheduled and with an address, its containers not yet started. */
export function newPod(world: World, workload: WorldObject, name: string): Wire {
	const template = record(record(workload['spec'])['template']);
	const {namespace = ''} = workload.metadata;
	const node = nodeFor(world, workload, name);
	const hostNetwork = record(template['spec'])['hostNetwork'] === true;
	const ip = hostNetwork ? node.address : freeAddress(world, node.pods);
	const isStateful = workload.kind === 'StatefulSet';
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name,
			namespace,
			labels: {
				...record(record(template['metadata'])['labels']),
				'statefulset.kubernetes.io/pod-name': isStateful ? name : undefined,
				'pod-template-hash': workload.kind === 'Deployment' ? hashIn(workload, name) : undefined,
			},
			annotations: {'knet/workload': workload.metadata.name},
			ownerReferences: [ownerReference(workload, name)],
		},
		spec: {
			...record(template['spec']),
			nodeName: node.name,
			hostname: isStateful ? name : undefined,
			subdomain: isStateful ? text(record(workload['spec'])['serviceName']) : undefined,
		},
		status: {
			phase: 'Pending',
			hostIP: node.address,
			podIP: ip,
			podIPs: [{ip}],
			conditions: [condition('Ready', 'False', 'ContainersNotReady')],
		},
	};
}

/** Of `web-5d9f-x2k`: what stands between the Deployment's name and the pod's own letters. */
function hashIn(workload: WorldObject, pod: string): string {
	return pod.slice(workload.metadata.name.length + 1, pod.lastIndexOf('-'));
}

function ownerReference(workload: WorldObject, pod: string): Wire {
	const isDeployment = workload.kind === 'Deployment';
	const name = isDeployment ? pod.slice(0, pod.lastIndexOf('-')) : workload.metadata.name;
	return {
		apiVersion: 'apps/v1',
		kind: isDeployment ? 'ReplicaSet' : workload.kind,
		name,
		uid: isDeployment ? `${workload.metadata.uid}-${hashOf(name)}` : workload.metadata.uid,
		controller: true,
	};
}

function nodeFor(world: World, workload: WorldObject, name: string): (typeof nodes)[number] {
	const own = nodes.find((node) => workload.kind === 'DaemonSet' && name.includes(`-${node.name.slice(-1)}`));
	const loads = nodes.map((node) => ({
		node,
		load: world.list('Pod').filter((pod) => record(pod['spec'])['nodeName'] === node.name).length,
	}));
	return own ?? loads.toSorted((a, b) => a.load - b.load)[0]?.node ?? nodes[0];
}

function freeAddress(world: World, prefix: string): string {
	const taken = new Set(world.list('Pod').map((pod) => text(record(pod['status'])['podIP'])));
	const last = Array.from({length: 250}, (_, position) => position + 4).find(
		(position) => !taken.has(`${prefix}.${position}`),
	);
	return `${prefix}.${last ?? 254}`;
}

function condition(type: string, status: string, reason?: string, message?: string): Wire {
	return {type, status, reason, message};
}

export function isTerminating(pod: WorldObject): boolean {
	return pod.metadata['deletionTimestamp'] !== undefined;
}

export function podIsReady(pod: WorldObject): boolean {
	return list(record(pod['status'])['conditions']).some(
		(item) => record(item)['type'] === 'Ready' && record(item)['status'] === 'True',
	);
}

/** What a kubelet does for one pod in one turn: starts it, probes it, lets it end. */
export function advancePod({world, conditions, now}: Turn, pod: WorldObject): void {
	if (isTerminating(pod)) {
		world.remove('Pod', nameOf(pod));
		return;
	}

	const workload = text(record(pod.metadata['annotations'])['knet/workload']);
	const behaviour = conditions.behaviours.get(`${pod.metadata.namespace}/${workload}`) ?? wellBehaved;
	const status = record(pod['status']);
	if (behaviour.crashes) {
		crash(world, pod, now);
	} else if (status['phase'] === 'Pending' || isWaiting(pod)) {
		putStatus(world, pod, {
			...started(pod, now),
			conditions: [condition('Ready', 'False', 'ContainersNotReady')],
		});
	} else if (behaviour.ready !== podIsReady(pod)) {
		probe(world, pod, {behaviour, now});
	}
}

function isWaiting(pod: WorldObject): boolean {
	return list(record(pod['status'])['containerStatuses']).some(
		(item) => record(record(item)['state'])['waiting'] !== undefined,
	);
}

function started(pod: WorldObject, now: number): Wire {
	const startedAt = new Date(now).toISOString();
	return {
		phase: 'Running',
		containerStatuses: containers(pod).map(({name}) => ({
			name,
			ready: false,
			restartCount: restarts(pod),
			state: {running: {startedAt}},
		})),
	};
}

function containers(pod: WorldObject): readonly {readonly name: string}[] {
	return list(record(pod['spec'])['containers']).map((item) => ({name: text(record(item)['name'])}));
}

function restarts(pod: WorldObject): number {
	return number(record(list(record(pod['status'])['containerStatuses'])[0])['restartCount']);
}

function probe(
	world: World,
	pod: WorldObject,
	{behaviour, now}: {readonly behaviour: Behaviour; readonly now: number},
): void {
	const since = new Date(now).toISOString();
	const {ready, failure} = behaviour;
	const names = `[${containers(pod)
		.map(({name}) => name)
		.join(' ')}]`;
	const unready = condition(
		'Ready',
		'False',
		'ContainersNotReady',
		`containers with unready status: ${names}`,
	);
	putStatus(world, pod, {
		containerStatuses: list(record(pod['status'])['containerStatuses']).map((item) => ({
			...record(item),
			ready,
		})),
		conditions: [{...(ready ? condition('Ready', 'True') : unready), lastTransitionTime: since}],
	});
	if (!ready) {
		putEvent(world, pod, {reason: 'Unhealthy', message: failure, at: since});
	}
}

function crash(world: World, pod: WorldObject, now: number): void {
	if (isWaiting(pod)) {
		return;
	}

	const at = new Date(now).toISOString();
	putStatus(world, pod, {
		phase: 'Running',
		containerStatuses: containers(pod).map(({name}) => ({
			name,
			ready: false,
			restartCount: restarts(pod) + 1,
			state: {
				waiting: {
					reason: 'CrashLoopBackOff',
					message: `back-off 10s restarting failed container=${name} pod=${pod.metadata.name}`,
				},
			},
			lastState: {terminated: {exitCode: 1, reason: 'Error', finishedAt: at}},
		})),
		conditions: [{...condition('Ready', 'False', 'ContainersNotReady'), lastTransitionTime: at}],
	});
	putEvent(world, pod, {reason: 'BackOff', message: 'Back-off restarting failed container', at});
}

function putStatus(world: World, pod: WorldObject, status: Wire): void {
	world.put({...pod, status: {...record(pod['status']), ...status}});
}

type EventText = {readonly reason: string; readonly message: string; readonly at: string};

function putEvent(world: World, pod: WorldObject, {reason, message, at}: EventText): void {
	const {namespace, name, uid} = pod.metadata;
	world.put({
		apiVersion: 'v1',
		kind: 'Event',
		metadata: {name: `${name}.${hashOf(reason)}`, namespace},
		involvedObject: {kind: 'Pod', namespace, name, uid},
		type: 'Warning',
		reason,
		message,
		count: 1,
		lastTimestamp: at,
	});
}

/** Deletion has been asked for: one turn later it is gone. */
export function terminate({world, now}: Turn, pod: WorldObject): void {
	world.put({...pod, metadata: {...pod.metadata, deletionTimestamp: new Date(now).toISOString()}});
}

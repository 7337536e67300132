import type {Labels} from '../../model/meta.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {servingContainers} from '../../rules/endpoint-slices/endpoint-ports.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import {selectorField, showPods} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';
import {endpointsFindings} from './catalogue.ts';

/**
KNET512: the selected pods belong to several workloads. A warning where one is a Job, or does not declare the target port, given
by number, that the others declare: its share of the connections fails. Parts of one owner (Elasticsearch, Kafka) belong together.
*/
export function spansWorkloads(snapshot: Snapshot, view: EndpointsView): Finding | undefined {
	const {service, pods = []} = view;
	const groups = Map.groupBy(pods, workloadOf);
	if (groups.size < 2 || hasOneOwner(snapshot, groups, service.namespace)) {
		return undefined;
	}

	const stranger = strangerAmong(groups, view);
	if (stranger === undefined && areVariants(groups)) {
		return undefined;
	}

	const keys = [...groups.keys()].toSorted();
	return finding(endpointsFindings.selectorSpansWorkloads, {
		severity: stranger === undefined ? 'info' : undefined,
		message:
			stranger ??
			`The selector of Service ${service.name} takes in pods of ${count(keys.length, 'workload')}: ${namesOf(keys)}.`,
		evidence: [
			selectorField(service),
			...[...groups]
				.slice(0, 4)
				.map(([key, [pod]]) =>
					objectField(
						{kind: 'Pod', namespace: service.namespace, name: pod?.name ?? ''},
						'metadata.ownerReferences',
						key,
					),
				),
		],
		remedy: 'Add a label to the selector that only the wanted workload has.',
		command: showPods(service),
	});
}

type Groups = ReadonlyMap<string, readonly Pod[]>;

/** The workload whose pods are not meant, and the share of connections that they get. A pod that lacks a named port gets none. */
function strangerAmong(groups: Groups, {service, port, answering}: EndpointsView): string | undefined {
	if (typeof port.targetPort === 'string') {
		return undefined;
	}

	const declares = (pods: readonly Pod[]): boolean => pods.some((pod) => declaresPort(pod, port));
	const someDeclare = [...groups.values()].some(declares);
	const found = [...groups].find(([key, pods]) => key.startsWith('Job ') || (someDeclare && !declares(pods)));
	const names = new Set(found?.[1].map(({name}) => name));
	const share = answering.filter(({pod}) => pod !== undefined && names.has(pod)).length;
	if (!found || share === 0) {
		return undefined;
	}

	const why = declares(found[1])
		? 'is a Job'
		: `does not declare target port ${port.targetPort}${someDeclare ? ', as others do' : ''}`;
	return `${found[0]} is behind Service ${service.name} and ${why}: ${share} of ${count(answering.length, 'endpoint')} ${share === 1 ? 'is' : 'are'} its.`;
}

function declaresPort(pod: Pod, {targetPort, protocol}: EndpointsView['port']): boolean {
	return servingContainers(pod).some(({ports}) =>
		ports.some((each) => each.containerPort === targetPort && each.protocol === protocol),
	);
}

/** One Elasticsearch, one Kafka: the workloads are its parts. */
function hasOneOwner(snapshot: Snapshot, groups: Groups, namespace: string): boolean {
	const owners = [...groups.keys()].map((key) => {
		const [kind = '', name = ''] = key.split(' ');
		const owner = isWorkloadKind(kind) ? snapshot.get(kind, namespace, name)?.owner : undefined;
		return owner && `${owner.kind} ${owner.name}`;
	});
	return owners[0] !== undefined && new Set(owners).size === 1;
}

function isWorkloadKind(kind: string): kind is 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'ReplicaSet' {
	return kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet' || kind === 'ReplicaSet';
}

/** `Deployment web`: a ReplicaSet that carries a hash of its template belongs to the Deployment (or Rollout) of the rest of its name. */
function workloadOf({owner, labels}: Pod): string {
	if (!owner) {
		return 'pods without a controller';
	}

	const hash = labels['pod-template-hash'] ?? labels['rollouts-pod-template-hash'];
	return owner.kind === 'ReplicaSet' && hash && owner.name.endsWith(`-${hash}`)
		? `Deployment ${owner.name.slice(0, -hash.length - 1)}`
		: `${owner.kind} ${owner.name}`;
}

// What people call the variants of one application: releases, colours, shards, zones.
const variantKeys =
	/^(?:.*\/)?(?:track|release|version|variant|color|colour|slot|revision|canary|zone|shard)$/;
const variantSuffix =
	/(?:^|-)(?:canary|stable|primary|secondary|preview|active|baseline|blue|green|new|old|next|replica|leader|follower|[a-z]|\d+|v\d[\w.-]*|(?:zone|shard|az|pool)-?\w*)$/;

function areVariants(groups: Groups): boolean {
	const stems = new Set([...groups.keys()].map(stemOf));
	return (
		stems.size === 1 ||
		differInVariantLabel([...groups.values()].flatMap(([pod]) => (pod ? [pod.labels] : [])))
	);
}

function stemOf(workload: string): string {
	const name = workload.slice(workload.indexOf(' ') + 1);
	const stem = name.replace(variantSuffix, '');
	return stem === name ? name : stemOf(`x ${stem}`);
}

/** Each group has such a label, each with another value. */
function differInVariantLabel(labels: readonly Labels[]): boolean {
	const [first = {}] = labels;
	return Object.keys(first)
		.filter((key) => variantKeys.test(key))
		.some((key) => {
			const values = labels.map((item) => item[key]);
			return values.every((value) => value !== undefined) && new Set(values).size === values.length;
		});
}

import {refText} from '../../model/ref.ts';
import type {Labels} from '../../model/meta.ts';
import type {Pod} from '../../model/pod.ts';
import {type Finding, finding} from '../finding.ts';
import {count, namesOf} from '../words.ts';
import {selectorField, showPods} from './service-evidence.ts';
import type {EndpointsView} from './view.ts';
import {endpointsFindings} from './catalogue.ts';

/** KNET512: the selected pods belong to workloads that do not look like variants of one application. */
export function spansWorkloads({service, pods = []}: EndpointsView): Finding | undefined {
	const groups = Map.groupBy(pods, workloadOf);
	const keys = [...groups.keys()].toSorted();
	if (keys.length < 2 || areVariants(groups)) {
		return undefined;
	}

	return finding(endpointsFindings.selectorSpansWorkloads, {
		message: `The selector of Service ${service.name} takes in pods of ${count(keys.length, 'workload')}: ${namesOf(keys)}.`,
		evidence: [
			selectorField(service),
			...[...groups].slice(0, 4).map(([key, [pod]]) => ({
				object: refText({kind: 'Pod', namespace: service.namespace, name: pod?.name ?? ''}),
				path: 'metadata.ownerReferences',
				value: key,
			})),
		],
		remedy: 'Add a label to the selector that only the wanted workload has.',
		command: showPods(service),
	});
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

function areVariants(groups: ReadonlyMap<string, readonly Pod[]>): boolean {
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

import {refOf, type ObjectRef} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import type {Labels} from '../../model/meta.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {isUnseen} from '../../rules/slices-state.ts';
import {clusterDnsService} from '../../rules/cluster-dns/cluster-dns-service.ts';
import {mayBeCloudDns} from '../../rules/cluster-dns/client/cloud-dns.ts';
import {hasEnded} from '../../rules/endpoint-slices/membership.ts';
import {type EvidenceField, type Finding, finding, objectField} from '../finding.ts';
import {count, labelsText, namesOf} from '../words.ts';
import type {HopContext} from '../hop-evaluator.ts';
import {asleepByKeda} from './asleep.ts';
import {nearestLabels, type NearMiss} from './nearest-labels.ts';
import {podsMatching} from '../../rules/endpoint-slices/selected-pods.ts';
import {replicasField} from './replicas-field.ts';
import {rolloutUnderWay} from './rollout-under-way.ts';
import {selectorField} from './service-evidence.ts';
import {
	unknownWorkloadKinds,
	workloadsBehind,
	workloadsOf,
	type NamedWorkload,
} from '../../rules/endpoint-slices/workloads.ts';
import {endpointsFindings} from './catalogue.ts';

/** KNET502 or KNET501: a Service with a selector that no pod fits. */
export function noPods(hopContext: HopContext, service: Service): Finding {
	const {snapshot} = hopContext;
	const behind = workloadsBehind(snapshot, service);
	const [first] = behind;
	if (isPrivateOfKnative(service)) {
		return atZeroOfKnative(service);
	}

	if (first && isCanaryOfFlagger(service, behind)) {
		return withoutCanary(service, first);
	}

	if (service === clusterDnsService(snapshot) && mayBeCloudDns(snapshot, service)) {
		return besideCloudDns(service);
	}

	if (first && behind.every(({workload}) => workload.replicas === 0)) {
		return asleepByKeda(hopContext, service, first) ?? scaledToZero(service, first);
	}

	return first
		? (rolloutUnderWay(snapshot, service, first) ?? withoutPods(service, first))
		: noMatch(snapshot, service);
}

/**
In manifests, pods may come from elsewhere: an operator makes them (Strimzi, CloudNativePG, Argo Rollouts), or the program labels its own
pod when it runs (vault-active, hashicorp/vault-helm; spilo-role of Patroni).
*/
function madeElsewhere(service: Service): Finding {
	return finding(endpointsFindings.selectorMatchesNoPods, {
		undecided: true,
		message: `No workload of the input makes pods with ${labelsText(service.selector ?? {})}, which Service ${service.name} selects.`,
		evidence: [selectorField(service)],
		remedy:
			'Look at the cluster once the manifests are applied: an operator may make the pods, or a program label them.',
		command: kubectl(service, 'get', 'pods', '--show-labels'),
	});
}

/**
Knative keeps the private Service of a revision without pods at zero: requests go through the public one, which leads to the
activator then (knative/serving, docs/scaling/SYSTEM.md).
*/
function isPrivateOfKnative({labels, owner}: Service): boolean {
	return (
		labels['networking.internal.knative.dev/serviceType'] === 'Private' || owner?.kind === 'ServerlessService'
	);
}

function atZeroOfKnative(service: Service): Finding {
	return finding(endpointsFindings.workloadScaledToZero, {
		severity: 'info',
		message: `Service ${service.name} is Knative's own and has no pod at zero: requests go to the activator, which starts one.`,
		evidence: [selectorField(service)],
		remedy: 'Use the Service without the suffix -private.',
		command: kubectl(service, 'get', 'serverlessservices'),
	});
}

/**
Flagger keeps the workload that it watches at zero between two releases, and sends nothing to its Service NAME-canary
(docs.flagger.app, How it works; fluxcd/flagger pkg/router/kubernetes_default.go).
*/
function isCanaryOfFlagger({name, owner}: Service, behind: readonly NamedWorkload[]): boolean {
	return (
		owner?.kind === 'Canary' &&
		name.endsWith('-canary') &&
		behind.every(({workload}) => workload.replicas === 0)
	);
}

function withoutCanary(service: Service, {kind, workload}: NamedWorkload): Finding {
	return finding(endpointsFindings.workloadScaledToZero, {
		severity: 'info',
		message: `Service ${service.name} is Flagger's own: ${kind} ${workload.name} has pods only while a release is tried.`,
		evidence: [replicasField(kind, workload), selectorField(service)],
		remedy: `Use the Service without the suffix -canary.`,
		command: kubectl(service, 'describe', `canary/${service.owner?.name ?? ''}`),
	});
}

/** GKE's manual scales kube-dns to zero where Cloud DNS answers (docs, Using Cloud DNS for GKE). */
function besideCloudDns(service: Service): Finding {
	return finding(endpointsFindings.workloadScaledToZero, {
		undecided: true,
		message: `Service ${service.name} has no pod: on purpose where pods of GKE ask Cloud DNS, which no object shows.`,
		evidence: [selectorField(service)],
		remedy: 'Look at the nameserver in the resolv.conf of a pod.',
		command: 'kubectl exec POD -- cat /etc/resolv.conf',
	});
}

export function scaledToZero(service: Service, {kind, workload}: NamedWorkload, replicas = 1): Finding {
	// A DaemonSet has no replicas to set: it wants no pod because no node fits it.
	const isDaemonSet = kind === 'DaemonSet';
	const resource = `${kind.toLowerCase()}/${workload.name}`;
	return finding(endpointsFindings.workloadScaledToZero, {
		message: isDaemonSet
			? `DaemonSet ${workload.name} is behind Service ${service.name} and no node fits it: it wants 0 pods.`
			: `${kind} ${workload.name} behind Service ${service.name} is scaled to 0.`,
		evidence: [replicasField(kind, workload), selectorField(service)],
		remedy: isDaemonSet
			? 'Look at its node selector, affinity and tolerations.'
			: 'Scale it up, unless it was scaled down on purpose.',
		command: isDaemonSet
			? kubectl(service, 'describe', resource)
			: kubectl(service, 'scale', resource, `--replicas=${replicas}`),
	});
}

function withoutPods(service: Service, {kind, workload}: NamedWorkload): Finding {
	return finding(endpointsFindings.selectorMatchesNoPods, {
		undecided: workload.planned,
		message: workload.planned
			? `No server has seen ${kind} ${workload.name} behind Service ${service.name}, and the input holds no pod of it.`
			: `${kind} ${workload.name} is behind Service ${service.name}, wants ${count(workload.replicas, 'pod')} and has none.`,
		evidence: [selectorField(service), replicasField(kind, workload)],
		remedy: workload.planned
			? 'Look at the cluster once the manifests are applied.'
			: 'Find out why no pod can be made: quota, an admission webhook, a missing service account.',
		command: kubectl(service, 'describe', `${kind.toLowerCase()}/${workload.name}`),
	});
}

function noMatch(snapshot: Snapshot, service: Service): Finding {
	const wanted = labelsText(service.selector ?? {});
	const near = nearMiss(snapshot, service);
	const ended = podsMatching(snapshot, service.namespace, service.selector ?? {}).map(({name}) => name);
	if (isUnseen(service) && !near && ended.length === 0) {
		return madeElsewhere(service);
	}

	const past =
		ended.length === 0
			? ''
			: ` ${namesOf(ended)} ${ended.length === 1 ? 'has' : 'have'} it and ${ended.length === 1 ? 'has' : 'have'} ended.`;
	const unknown = unknownWorkloadKinds(snapshot, service.namespace);
	const unsure =
		unknown.length === 0 ? '' : ` Whether a workload is scaled to zero is not known (${unknown.join(', ')}).`;
	return finding(endpointsFindings.selectorMatchesNoPods, {
		message: `No pod in namespace ${service.namespace} has ${wanted}, which Service ${service.name} selects${near ? `; ${near.text}` : ''}.${past}${unsure}`,
		evidence: near
			? [
					...labelFields(refOf('Service', service), 'spec.selector', near.wanted),
					...labelFields(near.object, near.path, near.labels),
				]
			: [selectorField(service)],
		remedy: near
			? `Make the selector and the labels of the pods agree: ${near.fix}.`
			: 'Make the selector and the labels of the pods agree, or start the workload that has them.',
		command: near
			? kubectl(service, 'get', 'pods', '-l', labelsText(near.labels), '--show-labels')
			: kubectl(service, 'get', 'pods', '--show-labels'),
	});
}

/** One field for each label: the YAML of the object marks the label that no pod has, not the whole selector. */
function labelFields(object: ObjectRef, path: string, labels: Labels): readonly EvidenceField[] {
	return Object.entries(labels).map(([key, value]) => objectField(object, `${path}[${key}]`, value));
}

type Near = NearMiss & {
	readonly text: string;
	readonly fix: string;
	readonly object: ObjectRef;
	/** Of its labels. */
	readonly path: string;
};

/** Pods first; where the namespace has none that are near, the pod templates of its workloads. */
function nearMiss(snapshot: Snapshot, service: Service): Near | undefined {
	const selector = service.selector ?? {};
	const pods = snapshot.list('Pod', service.namespace).filter((pod) => !hasEnded(pod));
	const nearPods = nearestLabels(
		selector,
		pods.map(({labels}) => labels),
	);
	if (nearPods) {
		const text = labelsText(nearPods.labels);
		const example = pods.find(({labels}) => fits(nearPods, labels));
		return {
			...nearPods,
			text: `${count(nearPods.count, 'pod')} ${nearPods.count === 1 ? 'has' : 'have'} ${text}`,
			fix: `${labelsText(nearPods.wanted)} or ${text}`,
			object: {kind: 'Pod', namespace: service.namespace, name: example?.name ?? ''},
			path: 'metadata.labels',
		};
	}

	return nearTemplate(snapshot, service);
}

function nearTemplate(snapshot: Snapshot, service: Service): Near | undefined {
	const selector = service.selector ?? {};
	const workloads = workloadsOf(snapshot, service.namespace);
	const near = nearestLabels(
		selector,
		workloads.map(({workload}) => workload.templateLabels),
	);
	const found = near && workloads.find(({workload}) => fits(near, workload.templateLabels));
	return found
		? {
				...near,
				text: `the pods of ${found.kind} ${found.workload.name} would have ${labelsText(near.labels)}`,
				fix: `${labelsText(near.wanted)} or ${labelsText(near.labels)}`,
				object: refOf(found.kind, found.workload),
				path: 'spec.template.metadata.labels',
			}
		: undefined;
}

function fits(near: NearMiss, labels: Readonly<Record<string, string>>): boolean {
	return Object.entries(near.labels).every(([key, value]) => labels[key] === value);
}

import {refOf} from '../../model/ref.ts';
import type {Node} from '../../model/workloads/node.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import {namesList} from '../../rules/names-list.ts';
import {ciliumSilence} from './cilium-silence.ts';
import {announcerOf, isAskedOfKubeVip, kubeVipOf} from '../../rules/load-balancers/announcer.ts';
import {podsMatching} from '../../rules/endpoint-slices/selected-pods.ts';
import {localEndpointNodes} from '../../rules/load-balancers/local-endpoints.ts';
import {exclusionLabel, metalLbOf, type Silence} from '../../rules/load-balancers/metallb.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {nodeOfAddress} from '../../rules/node-of-address.ts';
import {accessFinding} from '../access.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../finding.ts';
import type {Exposed} from './context.ts';
import {loadBalancerFindings} from './catalogue.ts';
import type {Fault} from './fault.ts';
import {namesOf} from './frontends.ts';

export type Announcement = {
	readonly faults: readonly Fault[];
	/** Set where nothing shows that anybody answers for the address. */
	readonly notChecked?: readonly string[];
};

/** 211: the address is given, and no node announces it. */
export function announcementOf(exposed: Exposed): Announcement {
	const {service, hopContext} = exposed;
	const addresses = namesOf(service.loadBalancer);
	if (service.type !== 'LoadBalancer' || addresses.length === 0 || exposed.exposureType === 'external-ip') {
		return {faults: [], notChecked: whoForwards(exposed)};
	}

	const ofKubeVip = kubeVipFault(exposed);
	if (ofKubeVip) {
		return {faults: [{finding: ofKubeVip, stop: 'dropped'}]};
	}

	const metalLb = metalLbOf(hopContext.snapshot, service);
	if (!metalLb) {
		const announcer = announcerOf(hopContext.snapshot, service);
		const by = announcer ? ` (${announcer.name})` : '';
		const silent =
			announcer?.answersWhenWritten === false ? ciliumSilence(hopContext.snapshot, service) : undefined;
		return {
			faults: silent ? [silent] : [],
			notChecked: announcer?.answersWhenWritten
				? undefined
				: [`who answers for ${namesList(addresses, 1)}${by}`],
		};
	}

	const {silence, unread} = metalLb;
	return {
		faults: silence
			? [{finding: nobody(exposed, silence), stop: 'dropped'}]
			: unread.flatMap((kind) => {
					const found = accessFinding(kind, undefined, hopContext.snapshot.state(kind));
					return found ? [{finding: found}] : [];
				}),
	};
}

/**
A URL has the port of the client, and behind node ports alone something outside has to listen there. External IPs are managed by nobody in
the cluster: an administrator routes them to a node (docs, Service, External IPs), unless they are addresses of one.
*/
function whoForwards({
	service,
	port,
	clientPort,
	door,
	exposureType,
	hopContext,
}: Exposed): Announcement['notChecked'] {
	const {type, externalIPs} = service;
	const foreign = externalIPs.filter((ip) => nodeOfAddress(hopContext.snapshot, ip) === undefined);
	if (exposureType !== 'node-port' && foreign.length > 0) {
		return [`who answers for ${namesList(foreign, 1)}`];
	}

	const nodePort = port?.nodePort;
	const isBare = type === 'NodePort' && externalIPs.length === 0 && !door && hopContext.request !== undefined;
	return isBare && nodePort !== undefined && nodePort !== clientPort
		? [`who sends port ${clientPort} to node port ${nodePort}`]
		: undefined;
}

function kubeVipFault(exposed: Exposed): Finding | undefined {
	const {service, hopContext} = exposed;
	const kubeVip = isAskedOfKubeVip(service) ? kubeVipOf(hopContext.snapshot) : undefined;
	if (kubeVip?.readyReplicas === 0) {
		return withoutKubeVip(exposed, kubeVip);
	}

	return kubeVip && isFarFromEndpoints(exposed, kubeVip) ? farKubeVip(exposed, kubeVip) : undefined;
}

function withoutKubeVip({service}: Exposed, daemonSet: Workload): Finding {
	return finding(loadBalancerFindings.addressNotAnnounced, {
		message: `kube-vip announces ${namesList(namesOf(service.loadBalancer), 2)} of ${service.name} from no node: no pod of ${daemonSet.namespace}/${daemonSet.name} is Ready.`,
		remedy: 'Get the pods of kube-vip Ready.',
		...shownBy(daemonSet),
	});
}

/** kube-vip/kube-vip#980: under policy Local its leader is of the nodes with an endpoint, and it runs on other nodes. */
function isFarFromEndpoints({hopContext, service}: Exposed, {namespace, selector}: Workload): boolean {
	const {snapshot} = hopContext;
	const local = localEndpointNodes(snapshot, service);
	const pods = local ? podsMatching(snapshot, namespace, selector.matchLabels) : [];
	return pods.length > 0 && !pods.some(({nodeName, ready}) => ready && nodeName && local?.has(nodeName));
}

/** How many pods of the announcer are Ready, and on which nodes they run. */
function shownBy(daemonSet: Workload): Pick<Words, 'evidence' | 'command'> {
	return {
		evidence: [
			objectField(refOf('DaemonSet', daemonSet), 'status.numberReady', String(daemonSet.readyReplicas)),
		],
		command: kubectl(daemonSet, 'get', 'pods', '-o', 'wide'),
	};
}

function farKubeVip({service}: Exposed, daemonSet: Workload): Finding {
	const {evidence, command} = shownBy(daemonSet);
	return finding(loadBalancerFindings.addressNotAnnounced, {
		message: `externalTrafficPolicy of ${service.name} is Local, and kube-vip runs on no node that has an endpoint: none announces the address.`,
		evidence: [objectField(refOf('Service', service), 'spec.externalTrafficPolicy', 'Local'), ...evidence],
		remedy: 'Run kube-vip on the nodes of the pods, or set externalTrafficPolicy: Cluster.',
		command,
	});
}

function nobody({service}: Exposed, silence: Silence) {
	const {why, evidence, remedy, command} = wordsOf(silence);
	return finding(loadBalancerFindings.addressNotAnnounced, {
		message: `MetalLB announces ${namesList(namesOf(service.loadBalancer), 2)} of ${service.name} from no node: ${why}.`,
		evidence: [
			...evidence,
			objectField(
				refOf('Service', service),
				'status.loadBalancer.ingress',
				namesOf(service.loadBalancer).join(', '),
			),
		],
		remedy,
		command,
	});
}

type Words = {
	readonly why: string;
	readonly evidence: readonly EvidenceField[];
	readonly remedy: string;
	readonly command: string;
};

function wordsOf(silence: Silence): Words {
	switch (silence.why) {
		case 'not-local':
			return {
				why: `policy is Local, and no endpoint is on ${namesList(
					silence.nodes.map(({name}) => name),
					2,
				)}`,
				remedy: 'Run the speaker on the nodes of the pods, or set externalTrafficPolicy: Cluster.',
				...shownBy(silence.speaker),
			};
		case 'no-speaker':
			return {
				why: `no speaker of ${silence.speaker.namespace} is Ready`,
				remedy: 'Get the speaker pods Ready.',
				...shownBy(silence.speaker),
			};
		case 'excluded':
			return excluded(silence);
		case 'not-advertised':
			return {
				why: `no advertisement selects IPAddressPool ${silence.pool}`,
				evidence: [
					{object: 'L2Advertisement', path: 'spec.ipAddressPools', value: `none has ${silence.pool}`},
				],
				remedy: `Add an L2Advertisement or a BGPAdvertisement for ${silence.pool}.`,
				command: 'kubectl get l2advertisement,bgpadvertisement -A -o yaml',
			};
		case 'not-selected':
			return {
				why: `no node that ${namesList(silence.advertisements, 2)} selects has a speaker that may announce`,
				evidence: [
					{object: 'L2Advertisement', path: 'spec.nodeSelectors', value: namesList(silence.advertisements)},
				],
				remedy: 'Let spec.nodeSelectors select a node with a Ready speaker.',
				command: 'kubectl get l2advertisement,bgpadvertisement -A -o yaml',
			};
	}
}

function excluded({nodes, speaker}: Extract<Silence, {why: 'excluded'}>): Words {
	const labelled = nodes.filter(({labels}) => labels[exclusionLabel] !== undefined);
	const [first] = labelled;
	return first
		? {
				why: `${namesList(nodes.map(({name}) => name))} ${nodes.length === 1 ? 'is' : 'are'} excluded (label ${exclusionLabel})`,
				evidence: labelled.slice(0, 3).map(labelField),
				remedy: `Remove the label from nodes that should answer, or run the speaker with --ignore-exclude-lb.`,
				command: kubectl({}, 'label', 'node', first.name, `${exclusionLabel}-`),
			}
		: {
				why: `${namesList(nodes.map(({name}) => name))} ${nodes.length === 1 ? 'has' : 'have'} no network`,
				evidence: nodes
					.slice(0, 3)
					.map((node) =>
						objectField(refOf('Node', node), 'status.conditions[NetworkUnavailable].status', 'True'),
					),
				remedy: 'Fix the network of the nodes.',
				command: kubectl(speaker, 'get', 'nodes', '-o', 'wide'),
			};
}

function labelField(node: Node): EvidenceField {
	return objectField(
		refOf('Node', node),
		`metadata.labels[${exclusionLabel}]`,
		node.labels[exclusionLabel] || '""',
	);
}

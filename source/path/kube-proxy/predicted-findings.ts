import {nodeColumn, showSlices} from '../endpoints/service-evidence.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {nodeFields, readyFields} from '../endpoints/slice-fields.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../finding.ts';
import type {KubeProxyContext, ProxyFinding} from './context.ts';
import {namesList} from '../../rules/names-list.ts';
import {kubeProxyFindings} from './catalogue.ts';
import {loadBalancerFindings} from '../load-balancer/catalogue.ts';

/** What the objects alone imply: rejected, dropped (605, 606, 516, 203). */
export function predictedFindings(context: KubeProxyContext): readonly ProxyFinding[] {
	const {verdicts} = context;
	if (verdicts.every(({verdict}) => verdict.verdict === 'REJECT')) {
		return [{finding: rejected(context), stop: 'refused'}];
	}

	const dropped = verdicts.flatMap(({node, verdict}) =>
		verdict.verdict === 'DROP' ? [{node, ...verdict}] : [],
	);
	const local = dropped.filter(({why}) => why === 'no-local-endpoint').map(({node}) => node.node);
	const shut = dropped.filter(({why}) => why === 'source-range').map(({node}) => node.node);
	if (areNodesUnknown(verdicts)) {
		return [{finding: nodesUnknown(context)}];
	}

	const dropping = [
		...(local.length > 0 && !isSaidByLoadBalancer(context, local) ? [noLocalEndpoint(context, local)] : []),
		...(shut.length > 0 && context.entry.origin.type !== 'external' ? [shutOut(context)] : []),
	];
	return dropping.map((finding) => ({finding, stop: 'dropped'}));
}

/** Follows from the endpoints, which have the error: here it only says what the client will see. */
function rejected({hopContext, input, proxy}: KubeProxyContext): Finding {
	const {namespace, name} = input.service;
	return finding(kubeProxyFindings.proxyRejects, {
		severity: 'info',
		message:
			proxy.name === undefined
				? `No endpoint of ${name} takes traffic: nodes that run kube-proxy refuse connections; of other nodes it is not known.`
				: `No endpoint of ${name} takes traffic, so every node refuses connections to it.`,
		evidence: readyFields(hopContext.snapshot, input.service),
		remedy: 'Make an endpoint ready; the rules follow.',
		command: kubectl({namespace}, 'get', 'endpointslices', '-l', `kubernetes.io/service-name=${name}`),
	});
}

/** Pods of manifests have no node yet, and their input has no nodes: which of them drops is not known. */
export function areNodesUnknown(verdicts: KubeProxyContext['verdicts']): boolean {
	return verdicts.every(
		({node, verdict}) =>
			node.node === '' && verdict.verdict === 'DROP' && verdict.why === 'no-local-endpoint',
	);
}

function nodesUnknown({hopContext, input}: KubeProxyContext): Finding {
	const {namespace, name} = input.service;
	const isInternal = input.exposureType === 'cluster-ip';
	const field = isInternal ? 'internalTrafficPolicy' : 'externalTrafficPolicy';
	return finding(isInternal ? kubeProxyFindings.noLocalEndpointForClient : kubeProxyFindings.proxyDrops, {
		undecided: true,
		message: `${field} is Local, and it is not known on which nodes ${name} has endpoints.`,
		evidence: [
			objectField({kind: 'Service', namespace, name}, `spec.${field}`, 'Local'),
			...nodeFields(hopContext.snapshot, input.service),
		],
		remedy: 'Look at the cluster: a node without an endpoint drops what comes to it.',
		command: showSlices({namespace, name}, nodeColumn),
	});
}

function noLocalEndpoint(context: KubeProxyContext, nodes: readonly string[]): Finding {
	const {hopContext, input, entry, verdicts} = context;
	const {namespace, name} = input.service;
	const isInternal = input.exposureType === 'cluster-ip';
	const field = isInternal ? 'internalTrafficPolicy' : 'externalTrafficPolicy';
	const where =
		entry.isOne || nodes.length < verdicts.length ? namesList(nodes.map(placeName)) : 'every node';
	const evidence: readonly EvidenceField[] = [
		objectField({kind: 'Service', namespace, name}, `spec.${field}`, 'Local'),
		...nodeFields(hopContext.snapshot, input.service),
	];
	return finding(isInternal ? kubeProxyFindings.noLocalEndpointForClient : kubeProxyFindings.proxyDrops, {
		severity: nodes.length === verdicts.length ? 'error' : 'warning',
		message: `${field} is Local and ${where} ${isPlural(where, nodes) ? 'have' : 'has'} no endpoint of ${name}: packets are dropped and clients time out.`,
		evidence,
		remedy: `Run a pod of ${name} on every node that is used (a DaemonSet), or set ${field}: Cluster.`,
		command: showSlices({namespace, name}, nodeColumn),
	});
}

/** Where every node drops what comes from outside, the load balancer's health checks fail: KNET205 says that. */
function isSaidByLoadBalancer({input, entry, verdicts}: KubeProxyContext, nodes: readonly string[]): boolean {
	const isEvery = nodes.length === verdicts.length && nodes.every((node) => node !== '');
	return input.exposureType === 'load-balancer' && entry.origin.type === 'external' && isEvery;
}

function isPlural(where: string, nodes: readonly string[]): boolean {
	return where !== 'every node' && nodes.length > 1;
}

function placeName(node: string): string {
	return node === '' ? 'the node' : node;
}

function shutOut({input, entry}: KubeProxyContext): Finding {
	const {namespace, name, loadBalancerSourceRanges} = input.service;
	const client = entry.origin.type === 'pod' ? 'the pod' : 'the node';
	return finding(loadBalancerFindings.sourceRangesExcludeClient, {
		message: `The source ranges of ${name} leave ${client} out: its packets to the load balancer's address are dropped.`,
		evidence: [
			objectField(
				{kind: 'Service', namespace, name},
				'spec.loadBalancerSourceRanges',
				loadBalancerSourceRanges.map((range) => range.trim()).join(', '),
			),
		],
		remedy: `Inside the cluster use the cluster IP, or add the client's range to loadBalancerSourceRanges.`,
		command: kubectl({namespace}, 'get', 'service', name, '-o', 'jsonpath={.spec.loadBalancerSourceRanges}'),
	});
}

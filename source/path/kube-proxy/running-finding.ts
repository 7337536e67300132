import {refOf, refText} from '../../model/ref.ts';
import {kubectl} from '../../model/command.ts';
import {isKnown} from '../../model/snapshot.ts';
import type {Pod} from '../../model/pod.ts';
import {accessFinding} from '../access.ts';
import {type Finding, finding} from '../finding.ts';
import type {KubeProxyContext} from './context.ts';
import {namesList} from '../../rules/kube-proxy/names-list.ts';
import {kubeProxyFindings} from './catalogue.ts';

/** 601: whether something writes rules on the nodes that the request enters by. Pods are read only where that is asked for. */
export function runningFindings(context: KubeProxyContext): readonly Finding[] {
	const {mode, hopContext} = context;
	if (mode.replacedBy) {
		return [replaced(context, mode.replacedBy)];
	}

	// Without a DaemonSet kube-proxy may run as a service of the node itself, which no object shows.
	if (hopContext.detail === 'overview' || !mode.daemonSet) {
		return [];
	}

	const {namespace, name} = mode.daemonSet;
	const state = hopContext.snapshot.state('Pod', namespace);
	if (!isKnown(state)) {
		return [accessFinding('Pod', namespace, state)].filter((found) => found !== undefined);
	}

	const pods = hopContext.snapshot
		.list('Pod', namespace)
		.filter(({owner}) => owner?.kind === 'DaemonSet' && owner.name === name);
	const without = context.verdicts.filter(
		({node}) => node.known && !pods.some((pod) => pod.nodeName === node.node && isRunning(pod)),
	);
	return without.length === 0 ? [] : [notRunning(context, pods, without)];
}

/**
Of a node that it lost the node lifecycle controller takes Ready from every pod (MarkPodsNotReady): that is no word about
kube-proxy, whose containers are as the kubelet last said.
*/
function isRunning({ready, containers}: Pod): boolean {
	return (
		ready ||
		(containers.length > 0 &&
			containers.every((container) => container.ready && container.state.type === 'running'))
	);
}

function replaced({mode}: KubeProxyContext, by: string): Finding {
	return finding(kubeProxyFindings.proxyNotRunningOnNode, {
		severity: 'info',
		message: `${by} makes Services work on the nodes in place of kube-proxy.`,
		evidence: mode.evidence,
		remedy: `Nothing to mend; look at ${by} when Services misbehave.`,
	});
}

/** Rules stay as they were when kube-proxy stops: a node whose rules were read and are right still works. */
function notRunning(
	{mode, verdicts}: KubeProxyContext,
	pods: readonly Pod[],
	without: KubeProxyContext['verdicts'],
): Finding {
	const names = without.map(({node}) => node.node);
	const stillRight = without.every(({check}) => check?.state === 'agrees');
	const isAll = without.length === verdicts.length;
	return finding(kubeProxyFindings.proxyNotRunningOnNode, {
		severity: isAll && !stillRight ? 'error' : 'warning',
		message: `No Ready kube-proxy pod runs on ${namesList(names)}: rules there are missing or grow old.`,
		evidence: names.slice(0, 5).map((node) => podEvidence(pods, node)),
		remedy: `Mend DaemonSet ${mode.daemonSet?.name} on ${namesList(names)}.`,
		command: kubectl(
			{namespace: 'kube-system'},
			'get',
			'pods',
			'-o',
			'wide',
			'--field-selector',
			`spec.nodeName=${names[0]}`,
		),
	});
}

function podEvidence(pods: readonly Pod[], node: string): Finding['evidence'][number] {
	const pod = pods.find(({nodeName}) => nodeName === node);
	return pod
		? {
				object: refText(refOf('Pod', pod)),
				path: 'status.conditions[Ready].status',
				value: pod.conditions.find(({type}) => type === 'Ready')?.status ?? 'absent',
			}
		: {object: 'Pod/kube-system/*', path: 'spec.nodeName', value: `none of kube-proxy is ${node}`};
}

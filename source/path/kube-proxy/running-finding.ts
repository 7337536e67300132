import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {findCondition} from '../../model/meta.ts';
import {isKnown} from '../../model/snapshot.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {accessFinding} from '../access.ts';
import {objectField, type Finding, finding} from '../finding.ts';
import {instant} from '../words.ts';
import type {KubeProxyContext, ProxyFinding} from './context.ts';
import {memoize} from '../../rules/memoize.ts';
import {namesList} from '../../rules/names-list.ts';
import {effectOf, outageOf, type Effect} from '../../rules/kube-proxy/outage.ts';
import {kubeProxyFindings} from './catalogue.ts';

/** 601: whether something writes rules on the nodes that the request enters by. Pods are read only where that is asked for. */
export function runningFindings(context: KubeProxyContext): readonly ProxyFinding[] {
	const {proxy, hopContext} = context;
	const remark = proxy.how ? [{finding: replaced(context)}] : [];
	// Without a DaemonSet kube-proxy may run as a service of the node itself, which no object shows.
	if (hopContext.detail === 'overview' || !proxy.daemonSet) {
		return remark;
	}

	const {namespace} = proxy.daemonSet;
	const state = hopContext.snapshot.state('Pod', namespace);
	if (!isKnown(state)) {
		const access = accessFinding('Pod', namespace, state);
		return [...remark, ...(access ? [{finding: access}] : [])];
	}

	const pods = podsOfDaemonSets(hopContext.snapshot.list('Pod', namespace));
	const down = context.verdicts.flatMap((each) => downOn(context, pods, each) ?? []);
	return down.length === 0 ? remark : [...remark, notRunning(context, down)];
}

function replaced({proxy}: KubeProxyContext): Finding {
	const {name = '', text, evidence} = proxy;
	const isInside = proxy.how === 'inside';
	return finding(kubeProxyFindings.proxyNotRunningOnNode, {
		severity: 'info',
		message: isInside
			? `kube-proxy runs without a pod of its own: ${text}.`
			: `${name} makes Services work on the nodes in place of kube-proxy.`,
		evidence,
		remedy: `Leave it; look at ${isInside ? 'the node' : name} when Services misbehave.`,
	});
}

type Down = {
	readonly node: string;
	readonly pod?: Pod;
	/** Since when the rules there are not written any more. */
	readonly since?: number;
	readonly effect: Effect;
};

function downOn(
	{hopContext: {snapshot}, input}: KubeProxyContext,
	pods: PodsOfDaemonSets,
	{node, proxy, verdict, check}: KubeProxyContext['verdicts'][number],
): Down | undefined {
	const {daemonSet} = proxy;
	if (!daemonSet || !node.known) {
		return undefined;
	}

	const ofDaemonSet = pods.get(daemonSet.name);
	if (ofDaemonSet?.runningOn.has(node.node)) {
		return undefined;
	}

	const pod = ofDaemonSet?.byNode.get(node.node);
	const outage = pod && outageOf(pod, snapshot.get('Node', '', node.node));
	const used = verdict.verdict === 'DNAT' ? verdict.endpoints : [];
	return {
		node: node.node,
		pod,
		since: outage?.first,
		// Rules that were read and are right work on.
		effect: check?.state === 'agrees' ? 'unchanged' : effectOf(outage, changesOf(snapshot, input, used)),
	};
}

type OfDaemonSet = {
	readonly runningOn: Set<string | undefined>;
	readonly byNode: Map<string | undefined, Pod>;
};

/** By the DaemonSet's name: where one runs, and the first on each node. Every Service asks it of every node. */
type PodsOfDaemonSets = ReadonlyMap<string, OfDaemonSet>;

const podsOfDaemonSets = memoize((pods: readonly Pod[]): PodsOfDaemonSets => {
	const found = new Map<string, OfDaemonSet>();
	for (const pod of pods) {
		if (pod.owner?.kind === 'DaemonSet') {
			const known = found.get(pod.owner.name) ?? {runningOn: new Set(), byNode: new Map()};
			found.set(pod.owner.name, known);
			known.byNode.set(pod.nodeName, known.byNode.get(pod.nodeName) ?? pod);
			if (isRunning(pod)) {
				known.runningOn.add(pod.nodeName);
			}
		}
	}

	return found;
});

function changesOf(
	snapshot: KubeProxyContext['hopContext']['snapshot'],
	{service, endpoints}: KubeProxyContext['input'],
	used: readonly {readonly address: string}[],
): Parameters<typeof effectOf>[1] {
	const addresses = new Set(used.map(({address}) => address));
	return {
		service: service.createdAt,
		slices: snapshot
			.slicesOf(service.namespace, service.name)
			.map(({triggeredAt, createdAt}) => triggeredAt ?? createdAt),
		// Only its slice says when an address without a pod came.
		endpoints: endpoints.flatMap(({address, podObject}) =>
			podObject && addresses.has(address)
				? [findCondition(podObject.conditions, 'Ready')?.changedAt ?? podObject.createdAt]
				: [],
		),
	};
}

/**
The node lifecycle controller takes Ready from every pod of a node that it lost (MarkPodsNotReady). That says nothing about
kube-proxy, whose containers are as the kubelet last said.
*/
function isRunning({ready, containers}: Pod): boolean {
	return (
		ready ||
		(containers.length > 0 &&
			containers.every((container) => container.ready && container.state.type === 'running'))
	);
}

/** Rules stay in the kernel when the process ends (kubernetes/kubernetes#28465): they only grow old. */
function notRunning({proxy, verdicts}: KubeProxyContext, down: readonly Down[]): ProxyFinding {
	const isAll = down.length === verdicts.length;
	const effects = down.map(({effect}) => effect);
	const broken = effects.every((effect) => effect === 'never-ran' || effect === 'changed');
	const isUnknown = isAll && effects.includes('unknown') && !effects.includes('unchanged');
	const names = down.map(({node}) => node);
	const name = proxy.daemonSet?.name ?? 'kube-proxy';
	const text = finding(kubeProxyFindings.proxyNotRunningOnNode, {
		severity: isAll && broken ? 'error' : isUnknown ? 'info' : 'warning',
		undecided: isUnknown || undefined,
		message: `${name} does not run on ${namesList(names)}: ${consequence(down)}.`,
		evidence: down.slice(0, 5).map((each) => evidenceOf(name, each)),
		remedy: `Find out why the pod of ${name} on ${namesList(names)} does not run: its log and its events say it.`,
		command: kubectl(
			{namespace: proxy.daemonSet?.namespace ?? 'kube-system'},
			'get',
			'pods',
			'-o',
			'wide',
			'--field-selector',
			`spec.nodeName=${names[0]}`,
		),
	});
	// What the old rules still do for the client is not known.
	return {finding: text, stop: 'nobody'};
}

function consequence(down: readonly Down[]): string {
	const [first] = down;
	const since = first?.since === undefined ? '' : ` since ${instant(first.since)}`;
	switch (first?.effect) {
		case 'never-ran':
			return 'it never ran there, so there are no rules';
		case 'changed':
			return `its rules grow old${since}, and all endpoints are newer`;
		case 'partly-changed':
			return `its rules grow old${since}, and some endpoints are newer`;
		case 'unchanged':
			return `its rules grow old${since}; nothing has changed since then`;
		case 'unknown':
		case undefined:
			return `its rules grow old${since}, and whether they fit is not known`;
	}
}

function evidenceOf(name: string, {node, pod}: Down): Finding['evidence'][number] {
	return pod
		? objectField(
				refOf('Pod', pod),
				'status.conditions[Ready].status',
				findCondition(pod.conditions, 'Ready')?.status ?? 'absent',
			)
		: {object: 'Pod/kube-system/*', path: 'spec.nodeName', value: `none of ${name} is ${node}`};
}

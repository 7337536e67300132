import type {RuleSet} from '../../model/evidence.ts';
import {parseIp} from '../../model/matching/ip.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import type {IpFamily} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {nodeRules, rulesCommands} from '../gather/node-rules.ts';
import {versionsOf} from '../of.ts';
import type {Check} from '../probe.ts';
import {sample} from './sample.ts';
import {detailsOf, hopOf, type ProbeContext} from './probe-context.ts';

/** Each node is a case of its own, and reading one takes about 100 ms. */
const mostNodes = 50;

const namespace = 'kube-system';

/** The rules of each node that the traffic may enter by, read through the proxy's pod on it. */
export function planRules(probeContext: ProbeContext): readonly Check[] {
	const {snapshot} = probeContext;
	const mode = rulesModeOf(probeContext);
	if (!mode) {
		return [];
	}

	const services = mode === 'ipvs' || mode === 'cilium' ? snapshot.list('Service') : [];
	const of = versionsOf([
		...snapshot.list('Service').map((service) => ['Service', service] as const),
		...snapshot.list('EndpointSlice').map((slice) => ['EndpointSlice', slice] as const),
	]);
	const {service} = probeContext;
	const restsOn = versionsOf([
		['Service', service],
		...(service ? snapshot.slicesOf(service.namespace, service.name) : []).map(
			(slice) => ['EndpointSlice', slice] as const,
		),
	]);
	const families = familiesOf(probeContext);
	const permission = `create pods/exec in namespace ${namespace}`;
	return proxiesOf(probeContext, mode).map(({node, pod, container}) => ({
		sentence: `${commandText(mode, families)}, run in pod ${namespace}/${pod} on ${node}`,
		permission,
		of,
		restsOn,
		run: (tools) =>
			nodeRules(
				{node, mode, families, services, permission, of, pod: {namespace, name: pod, container}},
				tools,
			),
	}));
}

/** Whether there are rules to read. Says it without the versions of all Services, which a plan needs. */
export function hasRules(probeContext: ProbeContext): boolean {
	const mode = rulesModeOf(probeContext);
	return mode !== undefined && proxiesOf(probeContext, mode).length > 0;
}

function rulesModeOf({path}: ProbeContext): RuleSet['mode'] | undefined {
	return hopOf(path, 'kube-proxy')?.status === 'skipped'
		? undefined
		: detailsOf(path, 'kube-proxy')?.rulesMode;
}

type NodeProxy = {readonly node: string; readonly pod: string; readonly container: string};

/** The proxy's pod on each of the nodes that are asked. */
function proxiesOf(probeContext: ProbeContext, mode: RuleSet['mode']): readonly NodeProxy[] {
	const pods = proxyPods(probeContext.snapshot, mode);
	return sample(nodesOf(probeContext), mostNodes).flatMap((node) => {
		const pod = pods.find(({nodeName, ready}) => nodeName === node && ready);
		const container = pod?.containers[0]?.name;
		return pod && container !== undefined ? [{node, pod: pod.name, container}] : [];
	});
}

/** How many nodes there are beside those whose rules are read. */
export function nodesLeftOut(probeContext: ProbeContext): number {
	return hasRules(probeContext) ? Math.max(0, nodesOf(probeContext).length - mostNodes) : 0;
}

function commandText(mode: RuleSet['mode'], families: readonly IpFamily[]): string {
	return rulesCommands(mode, families)
		.map((words) => words.join(' '))
		.join(' and ');
}

function proxyPods(snapshot: Snapshot, mode: RuleSet['mode']): readonly Pod[] {
	return mode === 'cilium'
		? snapshot.podsLabelled(namespace, 'k8s-app', 'cilium')
		: [
				...snapshot.podsLabelled(namespace, 'k8s-app', 'kube-proxy'),
				...snapshot.podsLabelled(namespace, 'component', 'kube-proxy'),
			];
}

/** The node that the source names; nodes that a load balancer sends to; else every Ready one. */
function nodesOf({path, snapshot}: ProbeContext): readonly string[] {
	const {vantage} = detailsOf(path, 'kube-proxy') ?? {};
	if (vantage) {
		return [vantage.node];
	}

	const healthy = detailsOf(path, 'load-balancer')?.healthyNodes ?? [];
	return healthy.length > 0 && !path.hops.some(({kind, status}) => kind === 'route' && status !== 'skipped')
		? healthy
		: snapshot.list('Node').flatMap(({name, ready}) => (ready ? [name] : []));
}

function familiesOf({service, path}: ProbeContext): readonly IpFamily[] {
	const backends = detailsOf(path, 'kube-proxy')?.backends ?? [];
	const found = backends.flatMap(({address}) => parseIp(address)?.family ?? []);
	const wanted = [...new Set(found.length > 0 ? found : (service?.ipFamilies ?? []))];
	return wanted.length > 0 ? wanted : ['IPv4'];
}

import {clientPod} from '../../rules/client-pod.ts';
import {refOf} from '../../model/ref.ts';
import {kubectl} from '../../model/safe-text/command.ts';
import {parseIp} from '../../model/matching/ip.ts';
import {isHeadless, type IpFamily} from '../../model/services/service.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {objectField, finding} from '../finding.ts';
import type {Hop, HopStatus} from '../hop.ts';
import {statusOf} from '../hop-status.ts';
import {entryOf, type Entry} from './receiving-nodes.ts';
import {clusterIpFindings} from './cluster-ip-endpoint.ts';
import type {KubeProxyContext, KubeProxyInput, NamedEndpoint, ProxyFinding} from './context.ts';
import {hopDetails} from './hop-details.ts';
import {hopSummary} from './hop-summary.ts';
import {modeFindings} from './mode-findings.ts';
import {nodeVerdicts, otherChecks} from './node-verdicts.ts';
import {areNodesUnknown, predictedFindings} from './predicted-findings.ts';
import type {ServiceProxy} from './service-proxy.ts';
import {otherProxyOf, proxyPort, type ProxyPort} from '../../rules/kube-proxy/proxy-port.ts';
import {memoize, rememberRead} from '../../rules/memoize.ts';
import {rulesFindings} from './rules-findings.ts';
import {runningFindings} from './running-finding.ts';
import {stateOfSlices} from '../../rules/slices-state.ts';
import {unservedAddress, unservedAnywhere} from './unserved-address.ts';
import {topologyFindings} from './topology-finding.ts';
import type {HopEvaluation, HopEvaluator, HopContext} from '../hop-evaluator.ts';
import type {ExposureType} from '../../rules/kube-proxy/exposure-type.ts';
import type {StopReason} from '../../rules/stop.ts';
import {kubeProxyFindings} from './catalogue.ts';
import {serviceProxiesOn, serviceProxyOfPods} from './find-service-proxy.ts';

/** What the rules on the nodes make of the request: a prediction, and what was read where that was asked for. */
export const kubeProxyEvaluator: HopEvaluator<'kube-proxy', KubeProxyInput> = {
	kind: 'kube-proxy',
	evaluate(hopContext, input) {
		const passedBy = whyPassedBy(input);
		if (passedBy) {
			return {hop: hopOf(input, 'skipped', passedBy)};
		}

		const otherProxy = otherProxyOf(input.service);
		if (otherProxy !== undefined) {
			return {hop: otherProxyHop(input, otherProxy)};
		}

		if (!isKnown(stateOfSlices(hopContext.snapshot, input.service))) {
			// The endpoints hop says which permission or which list is missing.
			return {hop: hopOf(input, 'unknown', 'endpoints not known')};
		}

		const port = proxyPort(input.service, input.port, familyOf(input));
		return port
			? resolvePort(hopContext, input, port)
			: {hop: hopOf(input, 'skipped', 'kube-proxy writes no rules for it')};
	},
};

/** What makes Services work for a request that comes to a Service. */
export function proxyFor(
	hopContext: HopContext,
	{service, exposureType}: Pick<KubeProxyInput, 'service' | 'exposureType'>,
): ServiceProxy {
	const family = service.ipFamilies[0] ?? 'IPv4';
	const {nodes} = entryOf(hopContext, {service, endpoints: [], exposureType, family});
	return mostOf(proxiesFor(hopContext, exposureType, nodes));
}

/** A pod on its own network may have a proxy before that of its node. */
function proxiesFor(
	{snapshot, source}: HopContext,
	exposureType: ExposureType,
	nodes: Entry['nodes'],
): readonly ServiceProxy[] {
	const proxies = proxiesOf(snapshot, nodes);
	const isOpen = exposureType === 'cluster-ip' && proxies.every(({name}) => name === undefined);
	const pod = isOpen ? clientPod(snapshot, source) : undefined;
	const ofPods = pod && !pod.hostNetwork ? serviceProxyOfPods(snapshot) : undefined;
	return ofPods ? [ofPods] : proxies;
}

function proxiesOf(snapshot: Snapshot, nodes: Entry['nodes']): readonly ServiceProxy[] {
	// Rules that were read may say what objects do not.
	return snapshot.evidence.list('rules').length === 0
		? proxiesByObjects(snapshot, nodes)
		: proxiesNow(snapshot, nodes);
}

function proxiesNow(snapshot: Snapshot, nodes: Entry['nodes']): readonly ServiceProxy[] {
	return serviceProxiesOn(
		snapshot,
		nodes.map(({node}) => snapshot.get('Node', '', node)),
	);
}

/** Thousands of Services are entered by the same thousands of nodes. */
const proxiesByObjects = rememberRead(proxiesNow);

/** The one that most nodes have; those that are not known do not count beside others. */
const mostOf = memoize((proxies: readonly ServiceProxy[]): ServiceProxy => {
	const known = proxies.filter(({name}) => name !== undefined);
	const groups = [...Map.groupBy(known.length > 0 ? known : proxies, ({text}) => text).values()];
	const [most = []] = groups.toSorted((a, b) => b.length - a.length);
	return most[0] as ServiceProxy;
});

/** What a client sees that asks for a port the Service does not have (KNET518): seen on real nodes, research of 1.35. */
export function symptomOfMissingPort(mode: ServiceProxy['mode']): StopReason | undefined {
	switch (mode) {
		case 'iptables':
			// No rule takes the packet: it leaves the node, and nobody answers.
			return 'dropped';
		case 'nftables':
			// The set of cluster IPs rejects what no map took.
			return 'refused';
		case 'ipvs':
			// The address is on the node's own kube-ipvs0, where nothing listens.
			return 'refused';
		case 'cilium':
		case undefined:
			return undefined;
	}
}

function resolvePort(
	hopContext: HopContext,
	input: KubeProxyInput,
	port: ProxyPort,
): HopEvaluation<'kube-proxy'> {
	const {snapshot} = hopContext;
	const {service, exposureType, nodeAddress} = input;
	const {family} = port;
	const endpoints = endpointsOf(input, family);
	const entry = entryOf(hopContext, {service, endpoints, exposureType, family, node: nodeAddress?.node});
	const proxies = proxiesFor(hopContext, exposureType, entry.nodes);
	const {detail} = hopContext;
	const question = {snapshot, detail, service, port, exposureType, entry, endpoints, proxies};
	const context: KubeProxyContext = {
		hopContext,
		input,
		port,
		proxy: mostOf(proxies),
		entry,
		verdicts: nodeVerdicts(question),
		others: otherChecks(question),
	};
	const unserved = nodeAddress ? unservedAddress(context, nodeAddress) : unservedAnywhere(context);
	if (unserved) {
		const summary = `no node port on ${nodeAddress?.ip ?? 'any node'}`;
		const hop = hopOf(input, statusOf([unserved]), summary);
		return {hop: {...hop, findings: [unserved]}, stop: 'refused'};
	}

	return judge(context);
}

function judge(context: KubeProxyContext): HopEvaluation<'kube-proxy'> {
	const {input, entry, verdicts, proxy} = context;
	const said: readonly ProxyFinding[] = [
		...rulesFindings(context),
		...predictedFindings(context),
		...runningFindings(context),
		...clusterIpFindings(context),
		...[
			...topologyFindings(context),
			...modeFindings(context),
			...(entry.undecided ? [entry.undecided] : []),
		].map((finding) => ({
			finding,
		})),
	];
	const findings = said.map(({finding}) => finding);
	const rejects = verdicts.every(({verdict}) => verdict.verdict === 'REJECT');
	// Endpoints and load balancer have the error where nothing can pass and this hop has none to say.
	const isBehind =
		rejects || (verdicts.every(({verdict}) => verdict.verdict === 'DROP') && !areNodesUnknown(verdicts));
	const status = statusOf(findings);
	const isRead = verdicts.some(({check}) => check && check.state !== 'unknown');
	return {
		hop: {
			...hopOf(input, isBehind && status !== 'broken' ? 'skipped' : status, hopSummary(context)),
			basis: isRead ? 'evidence' : 'objects',
			findings,
			details: hopDetails(context),
		},
		stop: status === 'broken' || isBehind ? (rejects ? 'refused' : stopOf(said)) : undefined,
		// What stands in for kube-proxy may refuse, or drop.
		isStopUnknown: [proxy, ...verdicts.map((each) => each.proxy)].some(({name}) => name === undefined),
	};
}

function stopOf(said: readonly ProxyFinding[]): StopReason {
	return said.find(({finding}) => finding.severity === 'error')?.stop ?? 'dropped';
}

function whyPassedBy({service, bypassed}: KubeProxyInput): string | undefined {
	if (bypassed) {
		return `bypassed: ${bypassed.by} sends to pods itself`;
	}

	if (service.type === 'ExternalName') {
		return 'not used: a name only (CNAME)';
	}

	return isHeadless(service) ? 'not used: headless, clients go to pods' : undefined;
}

function otherProxyHop(input: KubeProxyInput, proxy: string): Hop<'kube-proxy'> {
	const {namespace, name} = input.service;
	const found = finding(kubeProxyFindings.otherProxyOwnsService, {
		message: `Service ${name} belongs to the proxy "${proxy}", not to kube-proxy: what it does is not known.`,
		evidence: [
			objectField(
				{kind: 'Service', namespace, name},
				'metadata.labels[service.kubernetes.io/service-proxy-name]',
				proxy,
			),
		],
		remedy: 'Ask that proxy, or remove the label to give the Service back to kube-proxy.',
		command: kubectl({namespace}, 'label', 'service', name, 'service.kubernetes.io/service-proxy-name-'),
	});
	return {...hopOf(input, 'unknown', `left to ${proxy}`), findings: [found]};
}

function hopOf({service}: KubeProxyInput, status: HopStatus, summary: string): Hop<'kube-proxy'> {
	const subject = refOf('Service', service);
	return {kind: 'kube-proxy', status, basis: 'objects', subject, summary, findings: []};
}

/** The family of the endpoints given, when it is one; else the Service's first. */
function familyOf({service, endpoints, family}: KubeProxyInput): IpFamily {
	if (family) {
		return family;
	}

	const given = new Set(endpoints.flatMap(({family}) => (family === 'FQDN' ? [] : [family])));
	const [only] = given.size === 1 ? [...given] : [];
	return only ?? service.ipFamilies[0] ?? parseIp(service.clusterIPs[0] ?? '')?.family ?? 'IPv4';
}

function endpointsOf({endpoints}: KubeProxyInput, wanted: IpFamily): readonly NamedEndpoint[] {
	return endpoints.flatMap(
		({family, port, address, ready, serving, terminating, node, pod, forZones, forNodes}) =>
			family === wanted && port !== undefined
				? [{address, port, ready, serving, terminating, node, pod, forZones, forNodes}]
				: [],
	);
}

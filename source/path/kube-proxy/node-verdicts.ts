import type {RulesObservation} from '../../model/evidence.ts';
import {parseIp} from '../../model/matching/ip.ts';
import type {Service} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {memoize} from '../../rules/memoize.ts';
import {setsOf, type EndpointSets} from '../../rules/kube-proxy/categorize.ts';
import {endpointText, type ProxyEndpoint} from '../../rules/kube-proxy/endpoints.ts';
import {
	exposureTypeVerdict,
	type Origin,
	type ProxyRules,
	type Verdict,
} from '../../rules/kube-proxy/exposure-type-verdict.ts';
import type {HopContext} from '../hop-evaluator.ts';
import type {Entry, EntryNode} from './receiving-nodes.ts';
import type {ServiceProxy} from './service-proxy.ts';
import {usesLocalEndpoints, type ProxyPort} from '../../rules/kube-proxy/proxy-port.ts';
import {checkRules, type RulesCheck} from '../../rules/kube-proxy/rules-check.ts';
import type {ExposureType} from '../../rules/kube-proxy/exposure-type.ts';
import {serviceProxyOn} from './find-service-proxy.ts';

/** What one node should do with the request, and what its rules say if they were read. */
export type NodeVerdict<E = ProxyEndpoint> = {
	readonly node: EntryNode;
	/** What makes Services work there. */
	readonly proxy: ServiceProxy;
	readonly sets: EndpointSets<E>;
	readonly verdict: Verdict<E>;
	readonly check?: RulesCheck;
};

type Question<E> = {
	readonly snapshot: Snapshot;
	readonly detail: HopContext['detail'];
	readonly service: Service;
	readonly port: ProxyPort;
	readonly exposureType: ExposureType;
	readonly entry: Entry;
	readonly endpoints: readonly E[];
	/** One of each node of the entry. */
	readonly proxies: readonly ServiceProxy[];
};

/** One for each node that the request may enter by; in an overview one for all of them, where they cannot differ. */
export function nodeVerdicts<E extends ProxyEndpoint>(question: Question<E>): readonly NodeVerdict<E>[] {
	const observations = question.snapshot.evidence.list('rules');
	const shared = setsOfEveryNode(question);
	const {nodes, origin} = question.entry;
	const isOneForAll = shared && observations.length === 0 && areAlike(question);
	const asked = {...question, shared};
	return (isOneForAll ? nodes.slice(0, 1) : nodes).map((node, at) => {
		const proxy = question.proxies[at] as ServiceProxy;
		const {sets, verdict} = judge(asked, {node, proxy}, origin);
		return {node, proxy, sets, verdict, check: checkOf(question, {node, proxy}, observations)};
	});
}

/** Whether no node does anything that another does not; source ranges let in some nodes by their own addresses. */
function areAlike<E>({detail, port, proxies}: Question<E>): boolean {
	return detail === 'overview' && port.sourceRanges.length === 0 && areOfOneKind(proxies);
}

const areOfOneKind = memoize((proxies: readonly ServiceProxy[]): boolean => {
	const [first] = proxies;
	return (
		first?.name !== undefined &&
		proxies.every(
			({text, mode, config, daemonSet}) =>
				text === first.text &&
				mode === first.mode &&
				config === first.config &&
				daemonSet === first.daemonSet,
		)
	);
});

/** Without policy Local, hints and doubled endpoints all nodes use the same endpoints, and there may be thousands of nodes. */
function setsOfEveryNode<E extends ProxyEndpoint>({
	port,
	endpoints,
}: Question<E>): EndpointSets<E> | undefined {
	const differs =
		usesLocalEndpoints(port) ||
		endpoints.some(({forZones, forNodes}) => forZones !== undefined || forNodes !== undefined) ||
		new Set(endpoints.map(endpointText)).size < endpoints.length;
	return differs ? undefined : setsOf(port, {node: ''}, endpoints);
}

/** Rules that were read on nodes which the request does not enter by. */
export function otherChecks<E extends ProxyEndpoint>(question: Question<E>): readonly RulesCheck[] {
	const observations = question.snapshot.evidence.list('rules');
	if (observations.length === 0) {
		return [];
	}

	const own = new Set(question.entry.nodes.map(({node}) => node));
	const others = new Set(observations.map(({subject}) => subject.node).filter((node) => !own.has(node)));
	return [...others].toSorted().flatMap((node) => {
		const object = question.snapshot.get('Node', '', node);
		const place = {node, zone: object?.zone, addresses: [], known: true};
		const proxy = serviceProxyOn(question.snapshot, object);
		return checkOf(question, {node: place, proxy}, observations) ?? [];
	});
}

type Place = {readonly node: EntryNode; readonly proxy: ServiceProxy};

function judge<E extends ProxyEndpoint>(
	{port, exposureType, endpoints, shared}: Question<E> & {readonly shared?: EndpointSets<E>},
	{node, proxy}: Place,
	origin: Origin,
): Pick<NodeVerdict<E>, 'node' | 'sets' | 'verdict'> {
	const sets = shared ?? setsOf(port, node, endpoints);
	return {
		node,
		sets,
		verdict: exposureTypeVerdict({port, sets, exposureType, origin, rules: rulesOf(port, node, proxy)}),
	};
}

/** The newest reading of a node counts. What its rules should hold does not depend on who asks. */
function checkOf<E extends ProxyEndpoint>(
	question: Question<E>,
	place: Place,
	observations: readonly RulesObservation[],
): RulesCheck | undefined {
	const observation = observations.find(({subject}) => subject.node === place.node.node);
	if (!observation) {
		return undefined;
	}

	const {verdict} = judge(question, place, {type: 'external'});
	return checkRules(observation, {...question, expected: verdict});
}

function rulesOf(port: ProxyPort, node: EntryNode, {mode, config}: ServiceProxy): ProxyRules {
	return {
		mode: mode === 'nftables' || mode === 'ipvs' ? mode : 'iptables',
		masqueradeAll: config.masqueradeAll,
		localDetector: config.localDetector ?? true,
		nodeIp: ipsOf(node.addresses).find(({family}) => family === port.family),
	};
}

const ipsOf = memoize((addresses: readonly string[]) => addresses.flatMap((text) => parseIp(text) ?? []));

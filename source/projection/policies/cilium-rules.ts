import type {LabelSelector} from '../../model/matching/label-selector.ts';
import type {
	CiliumPeer,
	CiliumPort,
	CiliumRule,
	CiliumRules,
	Direction,
} from '../../model/policies/network-policy.ts';
import {projectLabelSelector} from '../label-selector.ts';
import {list, optionalNumber, record, text, texts, type Wire, records} from '../wire.ts';

const fieldsOf = {
	Ingress: {allow: 'ingress', deny: 'ingressDeny', peers: 'from', open: 'ingress'},
	Egress: {allow: 'egress', deny: 'egressDeny', peers: 'to', open: 'egress'},
} as const;

/** The rules of a policy with one spec: of several, each has pods of its own. `namespace`: '' for a clusterwide one. */
export function ciliumRules(specs: readonly Wire[], namespace: string): CiliumRules | undefined {
	const [spec] = specs;
	if (!spec || specs.length > 1 || directions.some((direction) => hasRequirements(spec, direction))) {
		return undefined;
	}

	return {
		rules: directions.flatMap((direction) => rulesOf(spec, direction, namespace)),
		open: directions.filter((direction) => defaultDeny(spec, direction) === false),
	};
}

/** Those of `enableDefaultDeny`; where it does not say, those with a rule: an empty list is none (pkg/policy/api, rule_validation.go). */
export function ciliumDirections(specs: readonly Wire[]): readonly Direction[] {
	return directions.filter((direction) =>
		specs.some((spec) => defaultDeny(spec, direction) === true || writtenRules(spec, direction).length > 0),
	);
}

const directions = ['Ingress', 'Egress'] as const;

function defaultDeny(spec: Wire, direction: Direction): unknown {
	return record(spec['enableDefaultDeny'])[fieldsOf[direction].open];
}

/** `fromRequires` and `toRequires` narrow the other rules, too (pkg/policy/api, ingress.go). */
function hasRequirements(spec: Wire, direction: Direction): boolean {
	const field = `${fieldsOf[direction].peers}Requires`;
	return writtenRules(spec, direction).some(({rule}) => rule[field] !== undefined);
}

type WrittenRule = {readonly rule: Wire; readonly isDeny: boolean};

function writtenRules(spec: Wire, direction: Direction): readonly WrittenRule[] {
	const {allow, deny} = fieldsOf[direction];
	return [
		...list(spec[allow]).map((item) => ({rule: record(item), isDeny: false})),
		...list(spec[deny]).map((item) => ({rule: record(item), isDeny: true})),
	];
}

function rulesOf(spec: Wire, direction: Direction, namespace: string): readonly CiliumRule[] {
	return writtenRules(spec, direction).flatMap(({rule, isDeny}) => {
		const peers = peersOf(rule, {prefix: fieldsOf[direction].peers, namespace});
		return portSets(rule).flatMap((set) =>
			peers === undefined && set.ports === undefined ? [] : [{direction, isDeny, peers, ...set}],
		);
	});
}

type Place = {readonly prefix: 'from' | 'to'; readonly namespace: string};

/** The union of the fields that are there. Without one of them a rule with ports is for everybody, and one without is for nobody. */
function peersOf(rule: Wire, {prefix, namespace}: Place): readonly CiliumPeer[] | undefined {
	const fields = Object.keys(rule).filter((field) => field.startsWith(prefix) && field !== 'toPorts');
	return fields.length === 0
		? undefined
		: fields.flatMap((field): readonly CiliumPeer[] => {
				const value = rule[field];
				switch (field.slice(prefix.length)) {
					case 'Endpoints':
						return list(value).map((item) => endpoints(item, namespace));
					case 'Entities':
						return texts(value).map((name) => ({type: 'entity', name}));
					case 'CIDR':
						return texts(value).map((cidr) => ({type: 'block', cidr, except: []}));
					case 'CIDRSet':
						return records(value).map((item) => block(item));
					case 'FQDNs':
						return [{type: 'names'}];
					default:
						return [{type: 'unread'}];
				}
			});
}

/** A selector that says nothing of namespaces means those of the policy (pkg/k8s/apis/cilium.io/utils, getEndpointSelector). */
function endpoints(value: unknown, namespace: string): CiliumPeer {
	const selector = withoutSource(projectLabelSelector(value));
	const keys = keysOf(selector);
	const isForeign = keys.some((key) => key.includes(':') || key === 'io.cilium.k8s.policy.cluster');
	if (isForeign || asksLeftOut(selector)) {
		return {type: 'unread'};
	}

	const isPlaced = keys.some(
		(key) => key === 'io.kubernetes.pod.namespace' || key.startsWith('io.cilium.k8s.namespace.labels.'),
	);
	return {type: 'endpoints', selector, namespace: isPlaced || namespace === '' ? undefined : namespace};
}

function keysOf({matchLabels, matchExpressions}: LabelSelector): readonly string[] {
	return [...Object.keys(matchLabels), ...matchExpressions.map(({key}) => key)];
}

/** Whether a selector asks for a label that Cilium may leave out: by default, and in some versions, a pod does not have it then. */
export function asksLeftOut(selector: LabelSelector): boolean {
	return keysOf(selector).some((key) => leftOut.some((pattern) => pattern.test(key)));
}

/** Source: pkg/labelsfilter/filter.go, defaultLabelPrefixCfg. */
const leftOut = [
	/^io\.kubernetes(?!\.pod\.namespace)/u,
	/^(?:topology\.)?kubernetes\.io/u,
	/^k8s\.io/u,
	/beta\.kubernetes\.io/u,
	/^statefulset\.kubernetes\.io\/pod-name/u,
	/^apps\.kubernetes\.io\/pod-index/u,
	/^batch\.kubernetes\.io\/(?:job-completion-index|controller-uid)/u,
	/^(?:pod-template-generation|pod-template-hash|controller-revision-hash|controller-uid|etcd_node)/u,
];

function block(set: Wire): CiliumPeer {
	const cidr = text(set['cidr']);
	return cidr === '' ? {type: 'unread'} : {type: 'block', cidr, except: texts(set['except'])};
}

type PortSet = Pick<CiliumRule, 'ports' | 'isInspected'>;

/**
Each item of `toPorts` by itself: only some look into the connection. One without ports means no port (pkg/policy/rule.go, mergeIngress), and
a rule for ICMP admits nothing else.
*/
function portSets(rule: Wire): readonly PortSet[] {
	const {authentication} = rule;
	const isProven = authentication !== undefined && record(authentication)['mode'] !== 'disabled';
	const sets = records(rule['toPorts']);
	if (sets.length === 0) {
		return rule['icmps'] === undefined ? [{isInspected: isProven}] : [];
	}

	return sets
		.map((set) => ({
			ports: records(set['ports']).map((item) => portOf(item)),
			isInspected: isProven || isInspecting(set),
		}))
		.filter(({ports}) => ports.length > 0);
}

/** Fields of `toPorts` that look into the connection. A DNS rule for every name only listens. */
const inspecting = ['rules', 'serverNames', 'listener', 'terminatingTLS', 'originatingTLS'] as const;

function isInspecting(set: Wire): boolean {
	const {dns, ...rules} = record(set['rules']);
	const isOpen =
		Object.keys(rules).length === 0 && list(dns).some((item) => record(item)['matchPattern'] === '*');
	return inspecting.some((field) => set[field] !== undefined && !(field === 'rules' && isOpen));
}

function portOf({port, protocol, endPort}: Wire): CiliumPort {
	return {port: text(port), protocol: text(protocol), endPort: optionalNumber(endPort)};
}

/** `k8s:app` and `any:app` mean the label `app` of a pod (docs, endpoint selectors). */
export function withoutSource({matchLabels, matchExpressions}: LabelSelector): LabelSelector {
	const plain = (key: string): string => key.replace(/^(?:k8s|any):/u, '');
	return {
		matchLabels: Object.fromEntries(Object.entries(matchLabels).map(([key, value]) => [plain(key), value])),
		matchExpressions: matchExpressions.map((each) => ({...each, key: plain(each.key)})),
	};
}

import {factsOf, groupOf} from '../model/kinds.ts';
import type {WorkloadKind} from '../model/request.ts';
import type {FollowedRouter} from '../model/routes/router-kinds.ts';
import {nearest} from './nearest.ts';

/** Kinds of objects that are targets. */
type ObjectKind =
	| 'service'
	| 'ingress'
	| 'httproute'
	| 'grpcroute'
	| 'tlsroute'
	| 'tcproute'
	| 'udproute'
	| 'gateway'
	| 'listenerset'
	| 'xlistenerset'
	| 'router'
	| 'pod'
	| 'workload';

type Resource = {
	readonly kind: ObjectKind | 'node';
	readonly group: string;
	readonly names: readonly string[];
	readonly workload?: WorkloadKind;
	readonly router?: FollowedRouter;
};

const gatewayApi = 'gateway.networking.k8s.io';

/** Plural, singular and short names, as `kubectl api-resources` prints them. */
const resources: readonly Resource[] = [
	{kind: 'service', group: '', names: ['services', 'service', 'svc']},
	{kind: 'pod', group: '', names: ['pods', 'pod', 'po']},
	{kind: 'node', group: '', names: ['nodes', 'node', 'no']},
	{kind: 'ingress', group: 'networking.k8s.io', names: ['ingresses', 'ingress', 'ing']},
	{kind: 'gateway', group: gatewayApi, names: ['gateways', 'gateway', 'gtw', 'gw']},
	{kind: 'listenerset', group: gatewayApi, names: ['listenersets', 'listenerset', 'lset']},
	{
		kind: 'xlistenerset',
		group: 'gateway.networking.x-k8s.io',
		names: ['xlistenersets', 'xlistenerset', 'lset'],
	},
	{kind: 'httproute', group: gatewayApi, names: ['httproutes', 'httproute', 'route']},
	{kind: 'grpcroute', group: gatewayApi, names: ['grpcroutes', 'grpcroute']},
	{kind: 'tlsroute', group: gatewayApi, names: ['tlsroutes', 'tlsroute']},
	{kind: 'tcproute', group: gatewayApi, names: ['tcproutes', 'tcproute']},
	{kind: 'udproute', group: gatewayApi, names: ['udproutes', 'udproute']},
	router('HTTPProxy', 'proxy', 'proxies'),
	router('IngressRoute'),
	router('IngressRouteTCP'),
	router('VirtualService', 'vs'),
	router('OpenShiftRoute'),
	workload('Deployment', 'apps', 'deploy'),
	workload('StatefulSet', 'apps', 'sts'),
	workload('DaemonSet', 'apps', 'ds'),
	workload('ReplicaSet', 'apps', 'rs'),
	workload('Job', 'batch'),
];

/** Other types of kubectl, so that `ep/web` is not read as the host `ep`. */
const others = new Set(
	`endpoints ep endpointslices endpointslice namespaces namespace ns configmaps configmap cm secrets secret events event ev
	serviceaccounts serviceaccount sa networkpolicies networkpolicy netpol ingressclasses ingressclass gatewayclasses
	gatewayclass gc referencegrants referencegrant refgrant backendtlspolicies backendtlspolicy cronjobs cronjob cj
	replicationcontrollers replicationcontroller rc horizontalpodautoscalers horizontalpodautoscaler hpa
	persistentvolumeclaims persistentvolumeclaim pvc persistentvolumes persistentvolume pv`
		.split(/\s+/u)
		.filter(Boolean),
);

function workload(kind: WorkloadKind, group: string, short?: string): Resource {
	const name = kind.toLowerCase();
	return {kind: 'workload', workload: kind, group, names: [`${name}s`, name, ...(short ? [short] : [])]};
}

/** A router of its own, under the names that its CRD has. */
function router(kind: FollowedRouter, ...shortNames: readonly string[]): Resource {
	const {plural, apis} = factsOf(kind);
	return {
		kind: 'router',
		router: kind,
		group: groupOf(apis[0] ?? ''),
		names: [plural, kind.toLowerCase(), ...shortNames],
	};
}

/** The resource of `TYPE`, `TYPE.GROUP` or `TYPE.VERSION.GROUP` (kubectl get --help), in any case. */
export function resourceNamed(word: string): Resource | undefined {
	const [name = '', ...rest] = word.toLowerCase().split('.');
	const group = rest.join('.').replace(/^v\d+(?:(?:alpha|beta)\d+)?(?:\.|$)/u, '');
	return resources.find((each) => each.names.includes(name) && (rest.length === 0 || each.group === group));
}

/** Whether a word is what a target begins with, as in `svc/web` or `svc web`. */
export function isTargetKind(word: string): boolean {
	const kind = resourceNamed(word)?.kind;
	return kind !== undefined && kind !== 'node';
}

/** A type of kubectl that is no target. */
export function isOtherType(word: string): boolean {
	return resourceNamed(word)?.kind === 'node' || others.has(word.toLowerCase());
}

/** Names of target types that look like the word, nearest first; or those that it may be short for, as `srv` is for service. */
export function nearestTypes(word: string): readonly string[] {
	const lower = word.toLowerCase();
	const names = resources.filter(({kind}) => kind !== 'node').flatMap((each) => each.names.slice(1));
	const like = nearest(lower, names);
	return like.length > 0 ? like : names.filter((name) => isShortFor(lower, name));
}

/** Its first letter, and consonants in their order: `api` is a name, and not short for apisixroute. */
function isShortFor(word: string, name: string): boolean {
	if (word.length < 2 || /.[aeiou]/u.test(word) || word[0] !== name[0]) {
		return false;
	}

	let rest = word;
	for (const letter of name) {
		rest = rest.startsWith(letter) ? rest.slice(1) : rest;
	}

	return rest === '';
}

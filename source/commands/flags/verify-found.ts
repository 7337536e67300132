import {kubectl} from '../../model/safe-text/command.ts';
import {UserError} from '../../errors.ts';
import {kubectlName, type Kind} from '../../model/kinds.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import {nearest} from '../../path/nearest.ts';
import type {Trace} from '../../path/report.ts';
import type {Target} from '../../path/target.ts';
import type {OpenSource} from '../data-source/source.ts';
import type {Question} from './question.ts';
import type {RequestedSource} from '../../model/request.ts';
import {parseIp} from '../../model/matching/ip.ts';
import {namesList} from '../../rules/names-list.ts';
import {nearestTypes} from '../../path/object-names.ts';
import {nodeOfAddress} from '../../rules/node-of-address.ts';
import {lookUpWorkload, workloadPods, type WorkloadName} from '../../rules/workload-pods.ts';

const kindOfTarget = {
	service: 'Service',
	ingress: 'Ingress',
	httproute: 'HTTPRoute',
	grpcroute: 'GRPCRoute',
	tlsroute: 'TLSRoute',
	tcproute: 'TCPRoute',
	udproute: 'UDPRoute',
	gateway: 'Gateway',
	listenerset: 'ListenerSet',
	xlistenerset: 'XListenerSet',
	pod: 'Pod',
} as const satisfies Record<Exclude<Target['kind'], 'url' | 'address' | 'workload' | 'router'>, Kind>;

/** Kinds whose objects prove that their namespace exists: dumps in files often leave Namespaces out. */
const inhabitants = [
	'Service',
	'Pod',
	'Ingress',
	'EndpointSlice',
	'Deployment',
	'Gateway',
	'HTTPRoute',
] as const;

/** A namespace that does not exist is bad input: says so, with the nearest name. */
export function verifyNamespace(namespace: string | undefined, source: OpenSource): void {
	const snapshot = source.reader.snapshot(Date.now());
	const isListed = source.source === 'file' || isKnown(snapshot.state('Namespace'));
	if (namespace === undefined || !isListed || exists(snapshot, namespace)) {
		return;
	}

	const names = [
		...snapshot.list('Namespace').map(({name}) => name),
		...inhabitants.flatMap((kind) => snapshot.list(kind).map((object) => object.namespace)),
	];
	const [like] = nearest(namespace, names);
	throw new UserError(
		isKnown(snapshot.state('Namespace'))
			? `There is no namespace ${namespace}.`
			: `The input holds no object of namespace ${namespace}.`,
		like ? `Did you mean ${like}?` : 'knet scan -A looks at all of them.',
	);
}

function exists(snapshot: Snapshot, namespace: string): boolean {
	return (
		snapshot.get('Namespace', '', namespace) !== undefined ||
		inhabitants.some((kind) => snapshot.list(kind, namespace).length > 0)
	);
}

/** A target, source or namespace that does not exist is bad input: says so, with the nearest name. */
export function verifyFound({target, from, namespace}: Question, {paths}: Trace, source: OpenSource): void {
	const snapshot = source.reader.snapshot(Date.now());
	const fallback = namespace ?? source.namespace;
	verifySource(from, source);
	if (paths.length === 0) {
		verifyNamespace('namespace' in target ? (target.namespace ?? fallback) : namespace, source);
		throw missingTarget(snapshot, target, fallback);
	}

	verifyNamespace(namespace, source);
}

/** A pod, workload or node that a request should start from, and that does not exist. */
export function verifySource(from: RequestedSource | undefined, source: OpenSource): void {
	const snapshot = source.reader.snapshot(Date.now());
	if (from?.kind === 'workload' && workloadPods(snapshot, from).length === 0) {
		throw withoutPods(snapshot, from);
	}

	if (from?.kind === 'pod') {
		verifyObject(snapshot, {...from, kind: 'Pod'});
	}

	if (from?.kind === 'node' && from.name !== undefined) {
		verifyObject(snapshot, {kind: 'Node', namespace: '', name: from.name});
	}
}

function verifyObject(snapshot: Snapshot, wanted: Missing): void {
	const {kind, namespace, name} = wanted;
	if (isKnown(snapshot.state(kind, namespace || undefined)) && !snapshot.get(kind, namespace, name)) {
		throw missing(snapshot, wanted);
	}
}

function withoutPods(snapshot: Snapshot, workload: WorkloadName): UserError {
	const {workload: kind, namespace, name} = workload;
	const found = lookUpWorkload(snapshot, workload);
	return kind !== 'Job' && found && 'missing' in found
		? missing(snapshot, {kind, namespace, name})
		: new UserError(
				`${kind} ${name} in namespace ${namespace} has no pod.`,
				`${kubectl({namespace}, 'get', 'pods')} lists those that there are.`,
			);
}

function missingTarget(snapshot: Snapshot, target: Target, fallback: string): UserError {
	if (target.kind === 'url') {
		const host = target.request.connectTo ?? target.request.host;
		return parseIp(host)
			? noAddress(snapshot, {text: host, ip: host})
			: noHost(snapshot, target.text, fallback);
	}

	if (target.kind === 'address') {
		return noNode(snapshot, target.node) ?? noAddress(snapshot, target);
	}

	const named = {...target, namespace: target.namespace ?? fallback};
	return named.kind === 'workload'
		? withoutPods(snapshot, named)
		: missing(snapshot, {...named, kind: named.kind === 'router' ? named.router : kindOfTarget[named.kind]});
}

function noNode(snapshot: Snapshot, name: string | undefined): UserError | undefined {
	const node = name === undefined ? undefined : snapshot.get('Node', '', name);
	if (name === undefined || node?.addresses.some(({address}) => parseIp(address))) {
		return undefined;
	}

	return node
		? new UserError(`Node ${name} has no IP address.`, 'kubectl get nodes -o wide lists them.')
		: missing(snapshot, {kind: 'Node', namespace: '', name});
}

function noAddress(
	snapshot: Snapshot,
	{
		text,
		ip,
		port,
		node: named,
	}: {readonly text: string; readonly ip: string; readonly port?: number; readonly node?: string},
): UserError {
	const node = named ?? nodeOfAddress(snapshot, ip)?.name;
	if (node !== undefined && port !== undefined) {
		return new UserError(
			`No Service has node port ${port}${parseIp(ip)?.family === 'IPv6' ? ' for IPv6' : ''}, and no pod on ${node} declares it as host port.`,
			'A process of the node itself may listen there: knet does not see it.',
		);
	}

	return new UserError(
		`No Service and no pod has the address of ${text}.`,
		'kubectl get services,endpointslices -A -o wide lists them.',
	);
}

/** A word alone is no host: the objects with names like it are what was meant. */
function noHost(snapshot: Snapshot, text: string, namespace: string): UserError {
	const [word = '', rest] = text.split('/');
	const type = rest ? nearestTypes(word)[0] : undefined;
	const prefixes = {
		Service: 'svc',
		Deployment: 'deploy',
		StatefulSet: 'sts',
		Ingress: 'ing',
		HTTPRoute: 'httproute',
	};
	const targets = Object.entries(prefixes).flatMap(([kind, prefix]) => {
		const all = snapshot.list(kind as keyof typeof prefixes);
		const here = all.filter((object) => object.namespace === namespace);
		return [...here, ...all].map((object) => ({
			name: object.name,
			target: `${prefix}/${object.namespace === namespace ? '' : `${object.namespace}/`}${object.name}`,
		}));
	});
	const [like] = nearest(
		word.replace(/:\d+$/u, ''),
		targets.map(({name}) => name),
	);
	const meant = type ? `${type}/${rest}` : targets.find(({name}) => name === like)?.target;
	return new UserError(
		`${text} is neither a host that a rule names nor an object.`,
		meant ? `Did you mean ${meant}?` : 'Write TYPE/NAME for an object, http://HOST/ for a host.',
	);
}

type Missing = {readonly kind: Kind; readonly namespace: string; readonly name: string};

function missing(snapshot: Snapshot, {kind, namespace, name}: Missing): UserError {
	const here = snapshot.list(kind, namespace === '' ? undefined : namespace).map((object) => object.name);
	const elsewhere = snapshot.list(kind).find((object) => object.name === name);
	const like = nearest(name, here)[0];
	const where = namespace === '' ? '' : ` in namespace ${namespace}`;
	return new UserError(
		`There is no ${kind} ${name}${where}.`,
		nextStep({like, here, elsewhere: elsewhere?.namespace, kind}),
	);
}

type Hints = {
	readonly like?: string;
	readonly here: readonly string[];
	readonly elsewhere?: string;
	readonly kind: Kind;
};

function nextStep({like, here, elsewhere, kind}: Hints): string {
	if (elsewhere) {
		return `There is one in namespace ${elsewhere}: add -n ${elsewhere}.`;
	}

	if (like) {
		return `Did you mean ${like}?`;
	}

	return here.length > 0
		? `There are: ${namesList(here, 5)}.`
		: `${kubectl({}, 'get', kubectlName(kind), '-A')} lists them.`;
}

import {kubectl} from '../model/safe-text/command.ts';
import {kubectlName, type Kind} from '../model/kinds.ts';
import {parseIp} from '../model/matching/ip.ts';
import type {Snapshot} from '../model/snapshot.ts';
import {namesList} from '../rules/names-list.ts';
import {nodeOfAddress} from '../rules/node-of-address.ts';
import {lookUpWorkload, type WorkloadName} from '../rules/workload-pods.ts';
import {nearest} from './nearest.ts';
import {nearestTypes} from './object-names.ts';
import type {Target} from './target.ts';

const kinds = {
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

/** The kind of the object that a target names; undefined where it names none. */
export function kindOfTarget(target: Target): Kind | undefined {
	if (target.kind === 'url' || target.kind === 'address') {
		return undefined;
	}

	if (target.kind === 'workload') {
		return target.workload === 'Job' ? undefined : target.workload;
	}

	return target.kind === 'router' ? target.router : kinds[target.kind];
}

/** What is not there, and what to do: mostly the name that is nearest. */
export type Missing = {
	readonly message: string;
	readonly next: string;
	/** The name that is probably meant: `next` asks whether it is. */
	readonly like?: string;
	/** Another namespace that has an object of this name. */
	readonly elsewhere?: string;
};

/** A workload that has no pod, or that is not there. */
export function withoutPods(snapshot: Snapshot, workload: WorkloadName): Missing {
	const {workload: kind, namespace, name} = workload;
	const found = lookUpWorkload(snapshot, workload);
	return kind !== 'Job' && found && 'missing' in found
		? missingObject(snapshot, {kind, namespace, name})
		: {
				message: `${kind} ${name} in namespace ${namespace} has no pod.`,
				next: `${kubectl({namespace}, 'get', 'pods')} lists those that there are.`,
			};
}

/** Why a target has no path: what it names is not there. `fallback`: the namespace where it names none. */
export function missingTarget(snapshot: Snapshot, target: Target, fallback: string): Missing {
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
		: missingObject(snapshot, {
				...named,
				kind: named.kind === 'router' ? named.router : kinds[named.kind],
			});
}

function noNode(snapshot: Snapshot, name: string | undefined): Missing | undefined {
	const node = name === undefined ? undefined : snapshot.get('Node', '', name);
	if (name === undefined || node?.addresses.some(({address}) => parseIp(address))) {
		return undefined;
	}

	return node
		? {message: `Node ${name} has no IP address.`, next: 'kubectl get nodes -o wide lists them.'}
		: missingObject(snapshot, {kind: 'Node', namespace: '', name});
}

function noAddress(
	snapshot: Snapshot,
	{
		text,
		ip,
		port,
		node: named,
	}: {readonly text: string; readonly ip: string; readonly port?: number; readonly node?: string},
): Missing {
	const node = named ?? nodeOfAddress(snapshot, ip)?.name;
	if (node !== undefined && port !== undefined) {
		return {
			message: `No Service has node port ${port}${parseIp(ip)?.family === 'IPv6' ? ' for IPv6' : ''}, and no pod on ${node} declares it as host port.`,
			next: 'A process of the node itself may listen there: knet does not see it.',
		};
	}

	return {
		message: `No Service and no pod has the address ${text}.`,
		next: 'kubectl get services,endpointslices -A -o wide lists them.',
	};
}

/** A word alone is no host: the objects with names like it are what was meant. */
function noHost(snapshot: Snapshot, text: string, namespace: string): Missing {
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
	return {
		message: `${text} is neither a host that a rule names nor an object.`,
		next: meant ? `Did you mean ${meant}?` : 'Write TYPE/NAME for an object, http://HOST/ for a host.',
	};
}

export type MissingObject = {readonly kind: Kind; readonly namespace: string; readonly name: string};

/** An object that is not there, with those that may be meant. */
export function missingObject(snapshot: Snapshot, {kind, namespace, name}: MissingObject): Missing {
	const here = snapshot.list(kind, namespace === '' ? undefined : namespace).map((object) => object.name);
	const elsewhere = snapshot.list(kind).find((object) => object.name === name);
	const like = nearest(name, here)[0];
	const where = namespace === '' ? '' : ` in namespace ${namespace}`;
	return {
		message: `There is no ${kind} ${name}${where}.`,
		next: nextStep({like, here, kind}),
		like,
		elsewhere: elsewhere?.namespace,
	};
}

type Hints = {
	readonly like?: string;
	readonly here: readonly string[];
	readonly kind: Kind;
};

function nextStep({like, here, kind}: Hints): string {
	if (like) {
		return `Did you mean ${like}?`;
	}

	return here.length > 0
		? `There are: ${namesList(here, 5)}.`
		: `${kubectl({}, 'get', kubectlName(kind), '-A')} lists them.`;
}

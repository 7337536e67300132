import type {Pod} from '../../model/workloads/pod.ts';
import {isKnown, type Snapshot} from '../../model/snapshot.ts';
import type {ForeignPolicy} from '../../model/policies/network-policy.ts';
import {takes} from './foreign.ts';
import {linkerdAdmits} from './linkerd-admits.ts';
import type {Party} from './party.ts';
import {isAboutPort} from './mesh-policies.ts';
import {flagOf} from '../flag-of.ts';
import {isOfLinkerd} from '../mesh/proxies.ts';

/** A default policy that denies a client, and where the pod has it. */
type LinkerdDefault = {readonly policy: string; readonly path: string};

const annotation = 'config.linkerd.io/default-inbound-policy';

/**
The default policy of a pod, where it denies a client: it holds for ports that no Server selects (linkerd.io, Authorization
Policy). `client` undefined: it is outside the mesh.
*/
export function denyingDefault(
	snapshot: Snapshot,
	{pod, port}: {readonly pod: Pod; readonly port: number | undefined},
	client: Pod | undefined,
): LinkerdDefault | undefined {
	const found = defaultOf(pod);
	const policy = found?.policy ?? '';
	const denies =
		policy === 'deny' ||
		(['all-authenticated', 'cluster-authenticated'].includes(policy) && !(client && isOfLinkerd(client)));
	const isPassedBy = pod.annotations['config.linkerd.io/skip-inbound-ports'] !== undefined;
	if (
		!denies ||
		isPassedBy ||
		!isOfLinkerd(pod) ||
		!isKnown(snapshot.state('LinkerdServer', pod.namespace))
	) {
		return undefined;
	}

	const isServed = snapshot
		.list('LinkerdServer', pod.namespace)
		.some((server) => takes(snapshot, server, pod) !== 'no' && isAboutPort(server, pod, port));
	return isServed ? undefined : found;
}

/** The annotation of a pod comes first; without it the injector gives the proxy what the installation sets (linkerd2, charts/partials, _proxy.tpl). */
function defaultOf({annotations, containers, initContainers}: Pod): LinkerdDefault | undefined {
	const written = annotations[annotation];
	if (written !== undefined) {
		return {policy: written, path: `metadata.annotations[${annotation}]`};
	}

	const lists = [
		['containers', containers],
		['initContainers', initContainers],
	] as const;
	return lists
		.flatMap(([list, all]) => {
			const proxy = all.filter(({name}) => name === 'linkerd-proxy');
			const policy = flagOf(proxy, 'linkerd-inbound-default-policy');
			return policy === undefined
				? []
				: [{policy, path: `spec.${list}[linkerd-proxy].env[LINKERD2_PROXY_INBOUND_DEFAULT_POLICY]`}];
		})
		.at(0);
}

/** A Server that is about the port of a pod for sure, where none of its authorizations admits the client. */
export function denyingServer(
	snapshot: Snapshot,
	{pod, port}: {readonly pod: Pod; readonly port: number | undefined},
	client: Party,
): ForeignPolicy | undefined {
	if (!isOfLinkerd(pod) || port === undefined) {
		return undefined;
	}

	const party: Party = client.type === 'address' && isOfProxy(pod, port) ? {type: 'anybody'} : client;
	return snapshot
		.list('LinkerdServer', pod.namespace)
		.filter(({directions}) => directions.includes('Ingress'))
		.filter((server) => takes(snapshot, server, pod) === 'yes' && isAboutPort(server, pod, port))
		.find((server) => linkerdAdmits(snapshot, server, party) === 'no');
}

/** The gateway of the multicluster extension: proxies of other clusters connect to the port of its own proxy (linkerd.io, Multi-cluster). */
function isOfProxy({containers, initContainers}: Pod, port: number): boolean {
	return [...containers, ...initContainers].some(
		({name, ports}) =>
			name === 'linkerd-proxy' &&
			ports.some((each) => each.name === 'linkerd-proxy' && each.containerPort === port),
	);
}

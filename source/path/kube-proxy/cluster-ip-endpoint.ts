import {refOf} from '../../model/ref.ts';
import type {Service} from '../../model/services/service.ts';
import type {StopReason} from '../../rules/stop.ts';
import {showSlices} from '../endpoints/service-evidence.ts';
import {finding, objectField} from '../finding.ts';
import {kubeProxyFindings} from './catalogue.ts';
import type {KubeProxyContext, ProxyFinding} from './context.ts';
import type {ServiceProxy} from './service-proxy.ts';

/**
KNET611: kube-proxy changes the destination once, so a cluster IP is no endpoint (docs, Services without selectors: it does not support
virtual IPs as a destination). A Service that sends to its own is made for an address on the nodes (Talos, host DNS).
*/
export function clusterIpFindings({hopContext, input, proxy}: KubeProxyContext): readonly ProxyFinding[] {
	const {snapshot} = hopContext;
	const {service} = input;
	const ready = input.endpoints.filter((endpoint) => endpoint.ready);
	const foreign = ready.filter(({pod}) => pod === undefined);
	const services = foreign.length > 0 ? snapshot.list('Service') : [];
	const found = foreign.flatMap(({address}) => {
		const owner = services.find(({clusterIPs}) => clusterIPs.includes(address));
		const isOwn = service.clusterIPs.includes(address);
		return owner && !isOwn ? [{address, owner}] : [];
	});
	const [first] = found;
	if (!first) {
		return [];
	}

	const stop = stopIn(proxy.mode);
	const isSome = found.length < ready.length;
	return [
		{
			finding: finding(kubeProxyFindings.clusterIpAsEndpoint, {
				severity: stop && isSome ? 'warning' : undefined,
				undecided: stop ? undefined : true,
				message: `Endpoint ${first.address} of ${service.name} is the cluster IP of Service ${nameOf(first.owner)}, not of a pod.`,
				evidence: [
					objectField(refOf('Service', first.owner), 'spec.clusterIPs', first.address),
					...snapshot
						.slicesOf(service.namespace, service.name)
						.slice(0, 1)
						.map((slice) => objectField(refOf('EndpointSlice', slice), 'endpoints', first.address)),
				],
				remedy: `Make ${service.name} an ExternalName of the full name of ${first.owner.name}, or select its pods.`,
				command: showSlices(service),
			}),
			stop,
		},
	];
}

/** The packet leaves the node and nobody answers, or the set of cluster IPs rejects it. Undefined: not known. */
function stopIn(mode: ServiceProxy['mode']): StopReason | undefined {
	return mode === 'iptables' ? 'dropped' : mode === 'nftables' ? 'refused' : undefined;
}

function nameOf({namespace, name}: Service): string {
	return `${namespace}/${name}`;
}

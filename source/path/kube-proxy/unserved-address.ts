import {kubectl} from '../../model/command.ts';
import {parseIp} from '../../model/ip.ts';
import type {Node} from '../../model/node.ts';
import {isLoopback, takesNodePorts} from '../../rules/kube-proxy/node-port-addresses.ts';
import {type Finding, finding} from '../finding.ts';
import {kubeProxyFindings} from './catalogue.ts';
import type {KubeProxyContext, NodeAddress} from './context.ts';

/** KNET610: the node serves node ports, but not on the address that the client connects to. */
export function unservedAddress(
	{hopContext: {snapshot}, proxy, port}: KubeProxyContext,
	{ip, node}: NodeAddress,
): Finding | undefined {
	const to = parseIp(ip);
	const object = snapshot.get('Node', '', node);
	const {mode, config} = proxy;
	if (!to || !object || port.nodePort === undefined) {
		return undefined;
	}

	if (mode === undefined || mode === 'cilium') {
		return isLoopback(to) ? undecided(proxy.text, {ip, node}) : undefined;
	}

	const {nodePortAddresses, localhostNodePorts} = config;
	if (takesNodePorts({mode, ...addressesOf(object), nodePortAddresses, localhostNodePorts}, to)) {
		return undefined;
	}

	return finding(kubeProxyFindings.nodePortNotOnAddress, {
		message: `kube-proxy on ${node} does not serve node port ${port.nodePort} on ${ip}: ${why(mode, isLoopback(to), nodePortAddresses)}.`,
		evidence: object.addresses.slice(0, 4).map(({address}, at) => ({
			object: `Node/${node}`,
			path: `status.addresses[${at}].address`,
			value: address,
		})),
		remedy: `Connect to a primary address of ${node}, or set nodePortAddresses in the configuration of kube-proxy.`,
		command: kubectl({namespace: 'kube-system'}, 'get', 'configmap', 'kube-proxy', '-o', 'yaml'),
	});
}

function why(mode: string, isLocal: boolean, blocks: readonly string[]): string {
	if (isLocal && mode !== 'iptables') {
		return `in ${mode} mode never on a loopback address`;
	}

	return blocks.length > 0
		? `nodePortAddresses is ${blocks.join(', ')}`
		: isLocal
			? 'on loopback it serves IPv4 alone, unless localhostNodePorts is false'
			: `in ${mode} mode only on primary addresses`;
}

function undecided(proxy: string, {ip, node}: NodeAddress): Finding {
	return finding(kubeProxyFindings.nodePortNotOnAddress, {
		undecided: true,
		severity: 'info',
		message: `Whether ${proxy} on ${node} serves node ports on ${ip} is not known.`,
		evidence: [{object: `Node/${node}`, path: 'status.addresses', value: `none is ${ip}`}],
		remedy: 'Connect to an address of the node instead.',
	});
}

/** kube-proxy takes the first InternalIP of each family, else the first ExternalIP (component-helpers GetNodeHostIPs). */
function addressesOf({addresses}: Node): {
	readonly primary: readonly string[];
	readonly secondary: readonly string[];
} {
	const ips = ['InternalIP', 'ExternalIP'].flatMap((type) =>
		addresses.filter((each) => each.type === type).map(({address}) => address),
	);
	const primary = ['IPv4', 'IPv6'].flatMap(
		(family) => ips.find((ip) => parseIp(ip)?.family === family) ?? [],
	);
	return {primary, secondary: ips.filter((ip) => !primary.includes(ip))};
}

import {kubectl} from '../../model/safe-text/command.ts';
import {cidrContains, isIp, parseCidr, parseIp, type Ip} from '../../model/matching/ip.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {Node} from '../../model/workloads/node.ts';
import {isLoopback, takesNodePorts} from '../../rules/kube-proxy/node-port-addresses.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../finding.ts';
import {kubeProxyFindings} from './catalogue.ts';
import type {KubeProxyContext, NodeAddress} from './context.ts';
import type {ServiceProxy} from './service-proxy.ts';

/** KNET610: the node serves node ports, but not on the address that the client connects to. */
export function unservedAddress(
	{hopContext: {snapshot}, proxy, port}: KubeProxyContext,
	{ip, node}: NodeAddress,
): Finding | undefined {
	const to = parseIp(ip);
	const object = snapshot.get('Node', '', node);
	const {mode, config} = proxy;
	if (!to || !object || port.nodePort === undefined || isTranslated(object, to)) {
		return undefined;
	}

	if (mode === undefined || mode === 'cilium') {
		return isLoopback(to)
			? undecided(proxy.text, {ip, node})
			: mode && outsideBlocks(snapshot, to, {ip, node});
	}

	const {nodePortAddresses, localhostNodePorts} = config;
	if (takesNodePorts({mode, ...addressesOf(object), nodePortAddresses, localhostNodePorts}, to)) {
		return undefined;
	}

	return finding(kubeProxyFindings.nodePortNotOnAddress, {
		message: `kube-proxy on ${node} does not serve node port ${port.nodePort} on ${ip}: ${why(mode, isLoopback(to), nodePortAddresses)}.`,
		evidence: ownAddresses(object),
		remedy: `Connect to a primary address of ${node}, or set nodePortAddresses in the configuration of kube-proxy.`,
		command: kubectl({namespace: 'kube-system'}, 'get', 'configmap', 'kube-proxy', '-o', 'yaml'),
	});
}

/** These clouds translate an ExternalIP of IPv4 to the InternalIP: no device of the node has it, and rules of the node never see it. */
function isTranslated({providerId, addresses}: Node, to: Ip): boolean {
	const isExternal = addresses.some(({type, address}) => type === 'ExternalIP' && isIp(address, to));
	return isExternal && to.family === 'IPv4' && /^(?:aws|azure|gce|openstack):/u.test(providerId ?? '');
}

/** Cilium serves node ports only on addresses within its nodeport-addresses (Cilium, NodePort devices, port and bind settings). */
function outsideBlocks(snapshot: Snapshot, to: Ip, {ip, node}: NodeAddress): Finding | undefined {
	const namespace = 'kube-system';
	const name = 'cilium-config';
	const blocks = snapshot.get('ConfigMap', namespace, name)?.data['nodeport-addresses'] ?? '';
	const cidrs = blocks.split(/[\s,]+/u).flatMap((block) => parseCidr(block) ?? []);
	return cidrs.length === 0 || cidrs.some((cidr) => cidrContains(cidr, to))
		? undefined
		: finding(kubeProxyFindings.nodePortNotOnAddress, {
				undecided: true,
				severity: 'info',
				message: `Cilium serves node ports on ${blocks} alone, and ${ip} of ${node} is in none of them.`,
				evidence: [objectField({kind: 'ConfigMap', namespace, name}, 'data[nodeport-addresses]', blocks)],
				remedy: 'Connect to an address of those blocks, or add one to nodeport-addresses.',
				command: kubectl({namespace}, 'get', 'configmap', name, '-o', 'yaml'),
			});
}

/** KNET610 of every node that the request may enter by: nodePortAddresses holds an address of none. */
export function unservedAnywhere({
	hopContext: {snapshot},
	input,
	port,
	verdicts,
}: KubeProxyContext): Finding | undefined {
	if (input.exposureType !== 'node-port' || port.nodePort === undefined) {
		return undefined;
	}

	const all = verdicts.map(({node, proxy}) => ({object: snapshot.get('Node', '', node.node), proxy}));
	const [first] = all;
	return first?.object && all.every(({object, proxy}) => object && servesNowhere(object, proxy))
		? finding(kubeProxyFindings.nodePortNotOnAddress, {
				message: `kube-proxy serves node port ${port.nodePort} on no address that nodes show: nodePortAddresses is ${first.proxy.config.nodePortAddresses.join(', ')}.`,
				evidence: all.slice(0, 3).flatMap(({object}) => (object ? ownAddresses(object) : [])),
				remedy: 'Set nodePortAddresses to blocks that hold addresses of the nodes, or to none.',
				command: kubectl({namespace: 'kube-system'}, 'get', 'configmap', 'kube-proxy', '-o', 'yaml'),
			})
		: undefined;
}

function servesNowhere(node: Node, {mode, config}: ServiceProxy): boolean {
	const {nodePortAddresses, localhostNodePorts} = config;
	if (mode === undefined || mode === 'cilium' || nodePortAddresses.length === 0) {
		return false;
	}

	const ips = node.addresses.flatMap(({address}) => parseIp(address) ?? []);
	const ports = {mode, ...addressesOf(node), nodePortAddresses, localhostNodePorts};
	return ips.length > 0 && !ips.some((ip) => takesNodePorts(ports, ip));
}

function ownAddresses({name, addresses}: Node): readonly EvidenceField[] {
	return addresses
		.slice(0, 4)
		.map(({address}, at) => objectField({kind: 'Node', name}, `status.addresses[${at}].address`, address));
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
		evidence: [objectField({kind: 'Node', name: node}, 'status.addresses', `none is ${ip}`)],
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

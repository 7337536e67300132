import {project} from '../../../source/projection/project.ts';
import type {IpFamily} from '../../../source/model/services/service.ts';
import {compareNode, type Mode, type RulesReport} from '../proxy-rules.ts';
import {execIn} from './exec.ts';
import {list} from './objects.ts';

/** Compares chains, maps and endpoints that knet names with those that the kube-proxy of every node wrote. */
export async function compareProxyRules({
	mode,
	namespace,
}: {
	readonly mode: Mode;
	readonly namespace: string;
}): Promise<RulesReport> {
	const [services, slices, nodes, pods] = await Promise.all([
		list('v1', 'Service', namespace),
		list('discovery.k8s.io/v1', 'EndpointSlice', namespace),
		list('v1', 'Node'),
		list('v1', 'Pod', 'kube-system'),
	]);
	const cluster = {
		services: services.map((wire) => project('Service', wire)),
		slices: slices.map((wire) => project('EndpointSlice', wire)),
		nodes: nodes.map((wire) => project('Node', wire)),
	};
	const proxies = pods
		.map((wire) => project('Pod', wire))
		.filter(({labels}) => labels['k8s-app'] === 'kube-proxy');
	const reports = await Promise.all(
		cluster.nodes.flatMap((node) => {
			const proxy = proxies.find(({nodeName}) => nodeName === node.name);
			return proxy
				? [readDumps(proxy.name, mode).then((dumps) => compareNode({cluster, node, mode, dumps}))]
				: [];
		}),
	);
	return {
		compared: reports.reduce((sum, {compared}) => sum + compared, 0),
		differences: reports.flatMap(({differences}) => differences),
	};
}

async function readDumps(pod: string, mode: Mode): Promise<Record<IpFamily, string>> {
	const run = async (...command: string[]): Promise<string> =>
		(await execIn({namespace: 'kube-system', pod}, command)).stdout;
	return mode === 'iptables'
		? {IPv4: await run('iptables-save'), IPv6: await run('ip6tables-save')}
		: {
				IPv4: await run('nft', 'list', 'table', 'ip', 'kube-proxy'),
				IPv6: await run('nft', 'list', 'table', 'ip6', 'kube-proxy'),
			};
}

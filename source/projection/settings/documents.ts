import {CORE_SCHEMA, load} from 'js-yaml';
import {withoutUser} from '../../model/safe-text/hide.ts';
import {projectLabelSelector} from '../label-selector.ts';
import {list, record, texts} from '../wire.ts';

/** Plugins of CoreDNS whose lines a walk reads, and the first words of those lines. */
const plugins: Readonly<Record<string, RegExp>> = {
	kubernetes:
		/^(?:ttl|pods|fallthrough|namespaces|endpoint_pod_names|ignore|noendpoints|zonal|labels|namespace_labels|multicluster)$/u,
	forward: /^except$/u,
	proxy: /^except$/u,
	hosts: /^(?:(?=[^.:]*[.:])[\da-f.:]+|fallthrough)$/iu,
	// Only names: the option edns0 may hold anything.
	rewrite: /^(?:name|continue|stop)$/u,
	import: /^$/u,
	// Class, type and zones; what it answers stays out.
	template: /^$/u,
};

/**
A Corefile without what no walk reads: of other plugins only the name stays, as they may hold keys (route53, etcd, azure).
What is not closed, or opens where nothing may, is left out.
*/
export function keptOfCorefile(text: string): string {
	let depth = 0;
	let lines: RegExp | undefined;
	return text
		.split('\n')
		.flatMap((line) => {
			const words = line
				.replace(/(?:^|\s)#.*$/u, '')
				.trim()
				.split(/\s+/u)
				.filter(Boolean);
			const opens = words.filter((word) => word === '{').length;
			const closes = words.filter((word) => word === '}').length;
			const level = depth;
			depth = Math.max(0, depth + opens - closes);
			const [first = ''] = words;
			if (level === 1 && first !== '}') {
				const own = Object.hasOwn(plugins, first);
				lines = own ? plugins[first] : undefined;
				return [own ? words.map(withoutUser).join(' ') : [first, ...words.filter(isBrace)].join(' ')];
			}

			const isKept = level === 0 || first === '}' || lines?.test(first);
			return isKept
				? [words.map(withoutUser).join(' ')]
				: words.some(isBrace)
					? [words.filter(isBrace).join(' ')]
					: [];
		})
		.join('\n');
}

/** As keptOfCorefile, for directives without a server block: a Corefile imports them into one. */
export function keptOfDirectives(text: string): string {
	return keptOfCorefile(`. {\n${text}\n}`).split('\n').slice(1, -1).join('\n');
}

/** Lines of a hosts file: an address and its names. */
export function keptOfHosts(text: string): string {
	return text
		.split('\n')
		.filter((line) => /^\s*[\da-f.:]+\s+\S/iu.test(line))
		.map((line) => line.replace(/#.*$/u, '').trim())
		.join('\n');
}

function isBrace(word: string): boolean {
	return word === '{' || word === '}';
}

/** The lines of a KubeProxyConfiguration that a walk reads. */
export function keptOfProxyConfig(text: string): string {
	let isList = false;
	return text
		.split('\n')
		.filter((line) => {
			const isItem = isList && /^\s*-\s/u.test(line);
			isList = isItem || line.startsWith('nodePortAddresses:');
			return (
				isItem ||
				/^(?:mode|clusterCIDR|detectLocalMode|nodePortAddresses|metricsBindAddress):/u.test(line) ||
				/^\s*(?:masqueradeAll|localhostNodePorts|strictARP):/u.test(line)
			);
		})
		.join('\n');
}

/** The lines of a KubeletConfiguration that a walk reads. */
export function keptOfKubeletConfig(text: string): string {
	let isList = false;
	return text
		.split('\n')
		.filter((line) => {
			const isItem = isList && /^\s*-\s+["']?[\da-fA-F.:]+["']?\s*$/u.test(line);
			isList = isItem || line.startsWith('clusterDNS:');
			return isItem || /^(?:clusterDNS|clusterDomain|resolvConf):/u.test(line);
		})
		.join('\n');
}

/** The lines of Istio's MeshConfig that a walk reads. */
export function keptOfMeshConfig(text: string): string {
	let section = '';
	const lines = text.split('\n').filter((line) => {
		section = /^[\w-]+(?=:)/u.exec(line)?.[0] ?? section;
		return (
			/^(?:rootNamespace|h2UpgradePolicy):\s*["']?[\w-]+["']?\s*$/u.test(line) ||
			(section === 'outboundTrafficPolicy' && /^[ \w:{}]+$/u.test(line))
		);
	});
	const ingress = [
		...text.matchAll(/^(?<field>ingressControllerMode|ingressClass):\s*["']?(?<value>[\w.-]+)["']?\s*$/gimu),
	];
	const selectors = listIn(text, 'discoverySelectors').map(projectLabelSelector);
	const exportTo = texts(listIn(text, 'defaultServiceExportTo'));
	return [
		...lines,
		...ingress.map(({groups}) => `${groups?.['field']?.toLowerCase()}: "${groups?.['value']}"`),
		...(selectors.length > 0 ? [`discoverySelectors: ${JSON.stringify(selectors)}`] : []),
		...(exportTo.length > 0 ? [`defaultServiceExportTo: ${JSON.stringify(exportTo)}`] : []),
	].join('\n');
}

/** None: it is not set, or the configuration cannot be read. */
function listIn(text: string, field: string): readonly unknown[] {
	if (!text.split('\n').some((line) => line.startsWith(`${field}:`))) {
		return [];
	}

	try {
		return list(record(load(text, {schema: CORE_SCHEMA, maxAliases: 0}))[field]);
	} catch {
		return [];
	}
}

/** The lines of Antrea's agent configuration that a walk reads. */
export function keptOfAntreaConfig(text: string): string {
	return text
		.split('\n')
		.filter((line) => /^antreaProxy:|^\s*(?:proxyAll|AntreaProxy|enable):/u.test(line))
		.join('\n');
}

/** A value that is a list of words or paths. */
export function asList(text: string): string {
	return /^[\w ,./-]{0,400}$/u.test(text) ? text : '';
}

/** A value that is a list of addresses. */
export function asAddresses(text: string): string {
	return /^[\da-f.:\/, \n]{0,4000}$/iv.test(text) ? text : '';
}

/** A list of addresses, or the name of a file of them. */
export function asSources(text: string): string {
	return asAddresses(text) || asList(text);
}

/** The name of a host, with or without a scheme and a port. */
export function asHost(text: string): string {
	return /^(?:https?:\/\/)?[\w.\-]{0,253}(?::\d+)?$/v.test(text) ? text : '';
}

/** A value that is one word by itself. */
export function asIs(text: string): string {
	return /^[\w.-]{0,40}$/u.test(text) ? text : '';
}

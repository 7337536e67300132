import {parseCidr} from '../../../model/matching/ip.ts';
import {
	kubernetesDefaults,
	type DnsServer,
	type Forward,
	type HostsEntry,
	type KubernetesPlugin,
} from './config.ts';
import {parseCorefile, type CorefileFiles, type Directive, type ServerBlock} from './corefile.ts';
import {fqdn, isWithin} from '../name.ts';
import {rewriteOf} from './rewrite.ts';
import {reverseZones} from '../reverse-name.ts';

/**
The plugins that are followed, and those that answer nothing of their own (coredns plugin.cfg, with earlier releases). Others may
answer in place of `kubernetes`, or names that are not the cluster's. One that CoreDNS does not know is built in by hand, or a
mistake: such a Corefile is not taken over, and the servers go on with the one before it (coredns plugin/reload).
*/
const passing = new Set(
	(
		'kubernetes forward proxy hosts rewrite loop ' +
		'root metadata geoip cancel proxyproto quic grpc_server https https3 timeouts multisocket reload nsid bufsize bind debug ' +
		'trace ready health pprof shed prometheus errors log dnstap local chaos loadbalance tsig cache header dnssec tls minimal ' +
		'transfer on sign federation startup shutdown'
	).split(' '),
);

/** Server blocks of a Corefile that answer plain DNS on port 53; where none does, as on OpenShift, on 5353. */
export function serversOf(corefile: string, files?: CorefileFiles): readonly DnsServer[] {
	const blocks = parseCorefile(corefile, files);
	const [first = [], second = []] = ['53', '5353'].map((port) =>
		blocks.map((block) => serverOf(block, {port, files})).filter((server) => server !== undefined),
	);
	return first.length > 0 ? first : second;
}

function serverOf(
	{keys, directives}: ServerBlock,
	{port, files = {}}: {readonly port: string; readonly files?: CorefileFiles},
): DnsServer | undefined {
	const zones = keys.filter((key) => isPlainDns(key, port)).flatMap(zonesOf);
	if (zones.length === 0) {
		return undefined;
	}

	const kubernetes = directives.find(({name}) => name === 'kubernetes');
	return {
		zones,
		kubernetes: kubernetes && kubernetesOf(kubernetes, zones),
		forwards: directives.filter(({name}) => name === 'forward' || name === 'proxy').map(forwardOf),
		hosts: directives.filter(({name}) => name === 'hosts').flatMap((each) => hostsOf(each, files)),
		hostsOnly: directives
			.filter(({name}) => name === 'hosts')
			.flatMap((each) => endingZones(each, zones, files)),
		rewrites: directives.flatMap((each) => {
			const rule = each.name === 'rewrite' ? rewriteOf(each) : undefined;
			return rule === undefined || rule === 'elsewhere' ? [] : [rule];
		}),
		mayDiffer: [...new Set(directives.filter((each) => mayDiffer(each, files)).map(({name}) => name))],
		templateZones: templateZonesOf(directives),
		takenByTemplate: takenByTemplate(directives, zones),
		loop: directives.some(({name}) => name === 'loop'),
	};
}

/** `template CLASS TYPE [ZONE…]`; without a zone it may answer all names of the server (coredns plugin/template). */
function templateZonesOf(directives: readonly Directive[]): readonly string[] | undefined {
	const zones = directives
		.filter(({name}) => name === 'template')
		.map(({args}) => args.slice(2).flatMap(zonesOf));
	return zones.length > 0 && zones.every(({length}) => length > 0) ? zones.flat() : undefined;
}

/** Only templates for A count: a template for AAAA alone is how people switch IPv6 off (coredns plugin/template). */
function takenByTemplate(
	directives: readonly Directive[],
	serverZones: readonly string[],
): DnsServer['takenByTemplate'] {
	const zones = directives.flatMap(({name, args: [kind = '', type = '', ...own], lines}) => {
		const isWhole = lines.every(([option = '']) => option !== 'match' && option !== 'fallthrough');
		const isAddress = ['IN', 'ANY'].includes(kind.toUpperCase()) && ['A', 'ANY'].includes(type.toUpperCase());
		return name === 'template' && isWhole && isAddress
			? own.length > 0
				? own.flatMap(zonesOf)
				: serverZones
			: [];
	});
	return zones.length > 0 ? zones : undefined;
}

/** `tls://`, `https://` and `grpc://` are other protocols; other ports are not those of the DNS Service. */
function isPlainDns(key: string, port: string): boolean {
	const own = /:(\d+)$/u.exec(key)?.[1] ?? '53';
	return (!key.includes('://') || key.startsWith('dns://')) && own === port;
}

/** A zone, or the reverse zones of a CIDR. The port is left out. */
function zonesOf(key: string): readonly string[] {
	const plain = key.replace(/^dns:\/\//u, '').replace(/:\d+$/u, '');
	const cidr = parseCidr(plain);
	return cidr ? reverseZones(cidr) : plain === '' ? [] : [fqdn(plain).toLowerCase()];
}

function mayDiffer(directive: Directive, files: CorefileFiles): boolean {
	const {name, args, lines} = directive;
	// A hosts file on the DNS pod's disk cannot be read; its entries in the Corefile can.
	const file = name === 'hosts' && args.length > 0 && hostsFile(args, files) === undefined;
	const filtered =
		name === 'kubernetes' &&
		lines.some(([option = '']) => ['labels', 'namespace_labels', 'multicluster'].includes(option));
	const isUnread = name === 'rewrite' && rewriteOf(directive) === undefined;
	const isForeign = !passing.has(name);
	return isUnread || isForeign || file || filtered;
}

function kubernetesOf({args, lines}: Directive, serverZones: readonly string[]): KubernetesPlugin {
	const zones = args.flatMap(zonesOf);
	const option = (name: string): readonly string[] | undefined =>
		lines.findLast(([first]) => first === name)?.slice(1);
	const ttl = Number(option('ttl')?.[0] ?? kubernetesDefaults.ttl);
	const pods = option('pods')?.[0];
	const falls = option('fallthrough');
	return {
		zones: zones.length > 0 ? zones : serverZones,
		ttl: Number.isInteger(ttl) && ttl >= 0 ? ttl : kubernetesDefaults.ttl,
		pods: pods === 'insecure' || pods === 'verified' ? pods : 'disabled',
		namespaces: lines.filter(([first]) => first === 'namespaces').flatMap(([, ...names]) => names),
		endpointPodNames: option('endpoint_pod_names') !== undefined,
		ignoreEmptyService: option('ignore')?.[0] === 'empty_service',
		noEndpoints: option('noendpoints') !== undefined,
		zonal: option('zonal') !== undefined,
		fallthrough: falls ? (falls.length > 0 ? falls.flatMap(zonesOf) : ['.']) : [],
	};
}

function forwardOf({args, lines}: Directive): Forward {
	const [from = '.', ...to] = args;
	return {
		from: zonesOf(from)[0] ?? '.',
		to,
		except: lines.filter(([first]) => first === 'except').flatMap(([, ...zones]) => zones.flatMap(zonesOf)),
	};
}

/** Its zones without fallthrough (coredns plugin/hosts). Nothing is known of a file that is not read. */
function endingZones(
	{args, lines}: Directive,
	serverZones: readonly string[],
	files: CorefileFiles,
): readonly string[] {
	if (args.length > 0 && hostsFile(args, files) === undefined) {
		return [];
	}

	const zones = args.slice(1).flatMap(zonesOf);
	const falls = lines.find(([first]) => first === 'fallthrough');
	const passed = falls && (falls.length > 1 ? falls.slice(1).flatMap(zonesOf) : ['.']);
	return (zones.length > 0 ? zones : serverZones).filter(
		(zone) => !passed?.some((each) => isWithin(each, zone)),
	);
}

function hostsFile([path = '']: readonly string[], files: CorefileFiles): string | undefined {
	return files[path.split('/').at(-1) ?? ''];
}

/** Entries written into the block itself, and those of its file: `10.0.0.1 host.example.com`. */
function hostsOf({args, lines}: Directive, files: CorefileFiles): readonly HostsEntry[] {
	const inFile = hostsFile(args, files)
		?.split('\n')
		.map((line) => line.split(/\s+/u).filter(Boolean));
	return [...lines, ...(inFile ?? [])]
		.filter(([first = '']) => /^[\da-f.:]+$/iu.test(first) && /[.:]/u.test(first))
		.map(([ip = '', ...names]) => ({ip, names: names.map((name) => fqdn(name).toLowerCase())}));
}

import type {RuleSet} from '../../model/evidence.ts';
import {parseIp} from '../../model/matching/ip.ts';
import type {IpFamily, Protocol, Service} from '../../model/services/service.ts';
import {createRuleSetBuilder, parseHostPort, toProtocol, type RuleSetBuilder} from './rule-set-builder.ts';
import {serviceFrontendsOf, type ServiceFrontends} from './service-frontends.ts';

type VirtualServer = {
	readonly address: string;
	readonly port: number;
	readonly protocol: Protocol;
	readonly servers: {readonly address: string; readonly port: number; readonly weight: number}[];
};

/**
Reads `ipvsadm -ln` (and `ipvsadm -Sn`), and `ipset save` or `ipset list` beside it, which shows Services that have no
virtual server. IPVS names addresses, not Services: `services` tells whose they are.
*/
export function parseIpvs(
	{ipvsadm, ipset = ''}: {readonly ipvsadm: string; readonly ipset?: string},
	{services}: {readonly services: readonly Service[]},
): RuleSet {
	const found: VirtualServer[] = [];
	const builder = createRuleSetBuilder('ipvs', () => familiesOf(found));
	for (const line of ipvsadm.split('\n')) {
		readLine(line.trim(), found, builder);
	}

	const serviceFrontends = serviceFrontendsOf(services);
	for (const server of found) {
		addServer(server, serviceFrontends, builder);
	}

	noteLonely(ipset, found, builder);
	return builder.build();
}

function readLine(line: string, found: VirtualServer[], builder: RuleSetBuilder): void {
	const words = line.split(/\s+/);
	const [first = '', second = ''] = words;
	const isSaved = first === '-A' || first === '-a';
	const protocol = isSaved ? savedProtocol(second) : toProtocol(first);
	if (first === '->' || first === '-a') {
		addReal(words, found, {line, builder});
	} else if (protocol) {
		const at = parseHostPort(isSaved ? (words[2] ?? '') : second);
		if (at) {
			found.push({...at, protocol, servers: []});
		} else {
			builder.skip(line);
		}
	}
}

function savedProtocol(flag: string): Protocol | undefined {
	return flag === '-t' ? 'TCP' : flag === '-u' ? 'UDP' : flag === '--sctp-service' ? 'SCTP' : undefined;
}

type Context = {readonly line: string; readonly builder: RuleSetBuilder};

/** `-> 10.244.1.2:53 Masq 1 0 0`, or `-a -t 10.96.0.10:53 -r 10.244.1.2:53 -m -w 1`: the real servers follow their own. */
function addReal(words: readonly string[], found: VirtualServer[], {line, builder}: Context): void {
	const isListed = words[0] === '->';
	const text = isListed ? words[1] : words[words.indexOf('-r') + 1];
	if (text === 'RemoteAddress:Port') {
		return;
	}

	const at = parseHostPort(text ?? '');
	const weight = Number(isListed ? words[3] : words[words.indexOf('-w') + 1]);
	const server = found.at(-1);
	if (at && server && Number.isFinite(weight)) {
		server.servers.push({...at, weight});
	} else {
		builder.skip(line);
	}
}

/** Weight 0 is a server that is drained: it gets nothing new. */
function addServer(server: VirtualServer, serviceFrontends: ServiceFrontends, builder: RuleSetBuilder): void {
	const addressText = serviceFrontends.find(server);
	if (!addressText) {
		return;
	}

	const total = server.servers.reduce((sum, {weight}) => sum + weight, 0);
	const open = server.servers.filter(({weight}) => weight > 0);
	builder.send(
		addressText.key,
		addressText.side,
		open.map(({address, port, weight}) => ({
			address,
			port,
			probability: Math.round((weight / total) * 1e6) / 1e6,
		})),
	);
	if (open.length === 0) {
		builder.refuse(addressText.key, 'rejects');
	}
}

function familiesOf(found: readonly VirtualServer[]): readonly IpFamily[] {
	const families = new Set(found.flatMap(({address}) => parseIp(address)?.family ?? []));
	return [...families].toSorted();
}

/** Members of KUBE-CLUSTER-IP are `10.96.0.1,tcp:443`. */
function noteLonely(ipset: string, found: readonly VirtualServer[], builder: RuleSetBuilder): void {
	const held = new Set(found.map(({address, port, protocol}) => `${address} ${port} ${protocol}`));
	let set = '';
	for (const line of ipset.split('\n')) {
		set = /^(?:Name:|create) *(\S+)/.exec(line)?.[1] ?? set;
		const [, name = set, address, protocol, port] =
			/^(?:add (\S+) )?([\da-f.:]+),(tcp|udp|sctp):(\d+)\s*$/.exec(line) ?? [];
		const isLonely = address && !held.has(`${address} ${port} ${protocol?.toUpperCase()}`);
		if (isLonely && /^KUBE-(?:6-)?CLUSTER-IP$/.test(name)) {
			builder.skip(`${address}:${port}/${protocol} is in ${name} and has no virtual server`);
		}
	}
}

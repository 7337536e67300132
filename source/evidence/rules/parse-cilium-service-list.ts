import type {RuleSet} from '../../model/evidence.ts';
import {parseIp} from '../../model/matching/ip.ts';
import type {IpFamily, Protocol, Service} from '../../model/services/service.ts';
import {createRuleSetBuilder, parseHostPort, toProtocol, type RuleSetBuilder} from './rule-set-builder.ts';
import {serviceFrontendsOf, type ServiceFrontends} from './service-frontends.ts';

type Frontend = {
	readonly address: string;
	readonly port: number;
	readonly protocol: Protocol;
	readonly backends: {readonly address: string; readonly port: number}[];
};

/**
Reads `cilium-dbg service list` (formerly `cilium service list`). It names addresses, not Services: `services` tells whose
they are. Cilium balances evenly over what is active.
*/
export function parseCiliumServiceList(
	text: string,
	{services}: {readonly services: readonly Service[]},
): RuleSet {
	const frontends: Frontend[] = [];
	const builder = createRuleSetBuilder('cilium', () => familiesOf(frontends));
	for (const line of text.split('\n')) {
		readLine(line, frontends, builder);
	}

	const serviceFrontends = serviceFrontendsOf(services);
	for (const frontend of frontends) {
		addFrontend(frontend, serviceFrontends, builder);
	}

	return builder.build();
}

/** `1 10.96.0.1:443/TCP ClusterIP 1 => 172.18.0.3:6443/TCP (active)`; further backends stand alone on their lines. */
function readLine(line: string, frontends: Frontend[], builder: RuleSetBuilder): void {
	const [, addressText, backend, state] =
		/^(?:\s*\d+\s+(\S+)\s+[A-Za-z]+)?\s*(?:\d+ => (\S+)(?: \((\w+)\))?)?\s*(?:\([^)]*\)\s*)*$/.exec(
			line.slice(0, 400),
		) ?? [];
	if (addressText !== undefined) {
		const at = addressOf(addressText);
		if (at) {
			frontends.push({...at, backends: []});
		} else {
			builder.skip(line);
		}
	}

	const to = backend === undefined ? undefined : addressOf(backend);
	if (to && (state === undefined || state === 'active')) {
		frontends.at(-1)?.backends.push(to);
	}
}

/** `10.96.0.10:53/UDP`, with `/i` for the scope inside the cluster; older releases leave the protocol out. */
function addressOf(
	text: string,
): {readonly address: string; readonly port: number; readonly protocol: Protocol} | undefined {
	const [hostPort = '', ...suffixes] = text.split('/');
	const at = parseHostPort(hostPort);
	return at && {...at, protocol: suffixes.map(toProtocol).find((found) => found !== undefined) ?? 'TCP'};
}

function addFrontend(
	{backends, ...at}: Frontend,
	serviceFrontends: ServiceFrontends,
	builder: RuleSetBuilder,
): void {
	const addressText = serviceFrontends.find(at);
	if (!addressText) {
		return;
	}

	const probability = Math.round(1e6 / backends.length) / 1e6;
	builder.send(
		addressText.key,
		addressText.side,
		backends.map(({address, port}) => ({address, port, probability})),
	);
	if (backends.length === 0) {
		builder.refuse(addressText.key, 'rejects');
	}
}

function familiesOf(frontends: readonly Frontend[]): readonly IpFamily[] {
	return [...new Set(frontends.flatMap(({address}) => parseIp(address)?.family ?? []))].toSorted();
}

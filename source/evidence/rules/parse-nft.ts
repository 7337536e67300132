import type {RuleSet} from '../../model/evidence.ts';
import {readNftJson} from './nft-json.ts';
import type {NftElement, NftTable} from './nft-table.ts';
import {readNftText} from './nft-text.ts';
import {
	createRuleSetBuilder,
	parseHostPort,
	serviceKey,
	type Backend,
	type RuleSetBuilder,
} from './rule-set-builder.ts';

/**
Reads table `kube-proxy` of one family or both, as `nft list table` or `nft -j list table` print it, however cut. Absence
proves something only where a table is whole: `families` of the answer names those.
*/
export function parseNft(text: string): RuleSet {
	let tables: readonly NftTable[] = [];
	const builder = createRuleSetBuilder('nftables', () =>
		tables.flatMap(({isWhole, family}) => (isWhole ? [family] : [])),
	);
	const json = text.trimStart().startsWith('{') ? readNftJson(text) : undefined;
	tables = json ?? readNftText(text, (line) => builder.skip(line));
	if (tables.length === 0 && text.trim() !== '') {
		builder.skip(text.trim().split('\n', 1)[0] ?? '');
	}

	for (const table of tables) {
		for (const element of table.elements) {
			readElement(element, table, builder);
		}
	}

	return builder.build();
}

function readElement(element: NftElement, table: NftTable, builder: RuleSetBuilder): void {
	const {map, key, comment, verdict} = element;
	const protocol = key.at(-2);
	if (map === 'service-ips' || map === 'service-nodeports') {
		const chain = chainName(verdict);
		const service = chain && serviceKey(chain.service, protocol);
		if (chain && service) {
			builder.send(service, chain.kind === 'external' ? 'external' : 'backends', sendsOf(table, verdict));
		}

		return;
	}

	const service = map.startsWith('no-endpoint-') ? serviceKey(comment ?? '', protocol) : undefined;
	if (service) {
		builder.refuse(service, verdict === 'drop' ? 'drops' : 'rejects');
	}
}

/** `service-42NFTM6N-ns2/svc2/tcp/p80`. */
function chainName(chain: string): {readonly kind: string; readonly service: string} | undefined {
	const [, kind = '', namespace, name, port] =
		/^(service|local|external)-[A-Z2-7]{8}-([^/]+)\/([^/]+)\/[a-z]+\/([^/]*)$/.exec(chain) ?? [];
	return namespace ? {kind, service: `${namespace}/${name}:${port}`} : undefined;
}

/** An external chain without a way for clients from outside (policy Local, none here) ends in nothing: they are dropped. */
function sendsOf({chains}: NftTable, name: string): readonly Backend[] {
	const entry = chains.get(name);
	const chain = entry?.goto === undefined ? entry : chains.get(entry.goto);
	const targets = chain?.balance ?? [];
	return targets.flatMap((target) => {
		const backend = parseHostPort(chains.get(target)?.dnat ?? '');
		return backend ? [{...backend, probability: Math.round(1e6 / targets.length) / 1e6}] : [];
	});
}

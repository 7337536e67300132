import {joinHostPort} from '../../model/matching/ip.ts';
import type {NftChain, NftElement, NftTable} from './nft-table.ts';

type Json = Readonly<Record<string, unknown>>;

/** Reads `nft -j list table ip kube-proxy` (libnftables-json). Undefined for what is no such document. */
export function readNftJson(text: string): readonly NftTable[] | undefined {
	const items = parseItems(text);
	return items && tablesOf(items);
}

function parseItems(text: string): readonly Json[] | undefined {
	try {
		const items = fields(JSON.parse(text))['nftables'];
		return Array.isArray(items) ? items.map(fields) : undefined;
	} catch {
		return undefined;
	}
}

function tablesOf(items: readonly Json[]): readonly NftTable[] {
	return (['ip', 'ip6'] as const).flatMap((family) => {
		const own = items
			.map((item) => Object.entries(item)[0] ?? (['', {}] as const))
			.flatMap(([kind, value]) => {
				const body = fields(value);
				const table = kind === 'table' ? body['name'] : body['table'];
				return body['family'] === family && table === 'kube-proxy' ? [{kind, body}] : [];
			});
		return own.length === 0
			? []
			: [
					{
						family: family === 'ip6' ? ('IPv6' as const) : ('IPv4' as const),
						isWhole: true,
						elements: own.flatMap(({kind, body}) => (kind === 'map' ? elementsOf(body) : [])),
						chains: chainsOf(own.flatMap(({kind, body}) => (kind === 'rule' ? [body] : []))),
					},
				];
	});
}

function elementsOf(map: Json): readonly NftElement[] {
	return list(map['elem']).flatMap((pair) => {
		const [left, right] = list(pair).map(fields);
		const elem = fields(left?.['elem']);
		const value = left?.['elem'] ? fields(elem['val']) : (left ?? {});
		const verdict = right ? verdictOf(right) : undefined;
		const comment = typeof elem['comment'] === 'string' ? elem['comment'] : undefined;
		return verdict
			? [{map: String(map['name']), key: list(value['concat']).map(String), comment, verdict}]
			: [];
	});
}

function verdictOf(verdict: Json): string | undefined {
	const target = fields(verdict['goto'])['target'];
	return typeof target === 'string' ? target : 'drop' in verdict ? 'drop' : undefined;
}

function chainsOf(rules: readonly Json[]): ReadonlyMap<string, NftChain> {
	const chains = new Map<string, NftChain>();
	for (const rule of rules) {
		const name = String(rule['chain']);
		chains.set(name, {...(chains.get(name) ?? {balance: []}), ...ruleOf(list(rule['expr']).map(fields))});
	}

	return chains;
}

function ruleOf(expressions: readonly Json[]): Partial<NftChain> {
	const [first] = expressions;
	const map = fields(first?.['vmap']);
	if ('numgen' in fields(map['key'])) {
		const pairs = list(fields(map['data'])['set']);
		return {balance: pairs.flatMap((pair) => verdictOf(fields(list(pair)[1])) ?? [])};
	}

	const dnat = fields(expressions.find((expression) => 'dnat' in expression)?.['dnat']);
	if (typeof dnat['addr'] === 'string') {
		return {dnat: joinHostPort(dnat['addr'], Number(dnat['port']))};
	}

	const target = first && 'goto' in first ? verdictOf(first) : undefined;
	return target === undefined ? {} : {goto: target};
}

function fields(value: unknown): Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function list(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

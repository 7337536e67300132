import type {IpFamily} from '../../model/services/service.ts';
import type {NftChain, NftElement, NftTable} from './nft-table.ts';

type Draft = {
	family: IpFamily;
	isWhole: boolean;
	elements: NftElement[];
	chains: Map<string, NftChain>;
};

/** Reads the text of `nft list table ip kube-proxy`, or of several tables one after the other. */
export function readNftText(text: string, skip: (line: string) => void): readonly NftTable[] {
	const tables: Draft[] = [];
	let block: Block | undefined;
	let table: Draft | undefined;
	for (const line of text.split('\n')) {
		const opened = /^table (ip6?) kube-proxy \{/.exec(line);
		if (opened) {
			table = {
				family: opened[1] === 'ip6' ? 'IPv6' : 'IPv4',
				isWhole: false,
				elements: [],
				chains: new Map(),
			};
			tables.push(table);
		} else if (line === '}') {
			table = closeTable(table);
		} else if (/^\t\}$/.test(line)) {
			closeBlock(block, table);
			block = undefined;
		} else {
			block = openBlock(line) ?? readBlockLine(line, block);
		}
	}

	if (table) {
		skip(`the dump ends inside table kube-proxy of ${table.family}`);
	}

	return tables;
}

type Block = {
	readonly kind: 'map' | 'chain' | 'other';
	readonly name: string;
	/** Lines of elements, or rules. */
	readonly lines: string[];
};

function closeTable(table: Draft | undefined): undefined {
	if (table) {
		table.isWhole = true;
	}

	return undefined;
}

function openBlock(line: string): Block | undefined {
	const [, kind, name] = /^\t(map|chain|set) (\S+) \{/.exec(line) ?? [];
	return kind && name
		? {kind: kind === 'set' ? 'other' : (kind as 'map' | 'chain'), name, lines: []}
		: undefined;
}

function readBlockLine(line: string, block: Block | undefined): Block | undefined {
	block?.lines.push(line.trim());
	return block;
}

function closeBlock(block: Block | undefined, table: Draft | undefined): void {
	if (block?.kind === 'map') {
		table?.elements.push(...elementsOf(block));
	} else if (block?.kind === 'chain') {
		table?.chains.set(block.name, chainOf(block.lines));
	}
}

function elementsOf({name, lines}: Block): readonly NftElement[] {
	const start = lines.findIndex((line) => line.startsWith('elements = {'));
	const text =
		start === -1
			? ''
			: lines
					.slice(start)
					.join(' ')
					.slice('elements = {'.length)
					.replace(/\}\s*$/, '');
	return text.split(',').flatMap((part) => elementOf(name, part.trim()) ?? []);
}

function elementOf(map: string, text: string): NftElement | undefined {
	const [, key, comment, verdict] =
		/^([^\s"]+(?: \. [^\s"]+)*)(?: comment "([^"]*)")? : (?:goto )?(\S+)$/.exec(text) ?? [];
	return key && verdict ? {map, key: key.split(' . '), comment, verdict} : undefined;
}

/** A rule with a condition on who sends takes only some away: short-circuits, marks, and what affinity remembers. */
function chainOf(lines: readonly string[]): NftChain {
	const balance = lines.find((line) => line.startsWith('numgen random'));
	const dnat = lines
		.map((line) => /(?:^| )dnat (?:ip6? )?to (\S+)/.exec(line)?.[1])
		.find((to) => to !== undefined);
	return {
		balance: balance ? [...balance.matchAll(/ : goto ([^\s,}]+)/g)].map(([, chain = '']) => chain) : [],
		goto: lines.find((line) => line.startsWith('goto '))?.split(' ', 2)[1],
		dnat,
	};
}

import {expect, test} from 'vitest';
import {parseNft} from '../../../source/evidence/rules/parse-nft.ts';
import {fixture} from './fixture.ts';

const nodeA = parseNft(fixture('nft-node-a.txt'));
const nodeC = parseNft(fixture('nft-node-c.txt'));

function addresses(
	list: readonly {readonly address: string; readonly port: number}[] = [],
): readonly string[] {
	return list.map(({address, port}) => `${address}:${port}`);
}

test('reads where a node sends, under both policies', () => {
	const here = nodeA.services['prx-shapes/lb-local:http/TCP'];
	expect(addresses(here?.backends)).toEqual([
		'10.244.1.3:8080',
		'10.244.1.4:8080',
		'10.244.2.3:8080',
		'10.244.2.4:8080',
	]);
	expect(here?.external).toEqual([
		{address: '10.244.1.3', port: 8080, probability: 0.5},
		{address: '10.244.1.4', port: 8080, probability: 0.5},
	]);
	const there = nodeC.services['prx-shapes/lb-local:http/TCP'];
	expect([there?.external, there?.drops]).toEqual([[], true]);
});

test('reads the unnamed port, UDP and IPv6', () => {
	expect(nodeA.services['prx-shapes/plain:/TCP']?.backends).toHaveLength(4);
	expect(nodeA.services['prx-shapes/named:udp/UDP']?.backends).toHaveLength(4);
	expect(addresses(nodeA.services['prx-shapes/dual:http/TCP']?.backends).slice(4)).toEqual([
		'fd00:244:1::3:8080',
		'fd00:244:1::4:8080',
		'fd00:244:2::3:8080',
		'fd00:244:2::4:8080',
	]);
	expect(nodeA.families).toEqual(['IPv4', 'IPv6']);
});

test('tells rejected from dropped', () => {
	expect(nodeC.services['prx-shapes/none:http/TCP']?.rejects).toBe(true);
	expect(nodeC.services['prx-shapes/itp-local:http/TCP']).toEqual({
		backends: [],
		external: [],
		rejects: false,
		drops: true,
	});
});

test('reads the same from the text and from the JSON of a node', () => {
	const text = fixture('nft-node-a.txt');
	const v4 = parseNft(text.slice(0, text.indexOf('table ip6 ')));
	expect(parseNft(fixture('nft-node-a.json'))).toEqual(v4);
});

test('names protocols as newer versions of nft do', () => {
	const rules = parseNft(`table ip kube-proxy {
	map no-endpoint-nodeports {
		type inet_proto . inet_service : verdict
		elements = { tcp . 30080 comment "a/web:http" : drop,
			     udp . 30053 comment "a/dns" : goto reject-chain }
	}
}
`);
	expect(rules.services).toEqual({
		'a/web:http/TCP': {backends: [], external: [], rejects: false, drops: true},
		'a/dns:/UDP': {backends: [], external: [], rejects: true, drops: false},
	});
});

test('claims a family only when its table is whole', () => {
	const text = fixture('nft-node-a.txt');
	const cut = parseNft(text.slice(0, -3));
	expect(cut.families).toEqual(['IPv4']);
	expect(cut.unread).toEqual(['the dump ends inside table kube-proxy of IPv6']);
	expect(parseNft('Error: No such file or directory\nlist table ip kube-proxy\n').unread).toEqual([
		'Error: No such file or directory',
	]);
});

test('takes a chain that was emptied and not yet deleted for nothing', () => {
	const rules = parseNft('table ip kube-proxy {\n\tchain service-ABCDEFGH-a/web/tcp/http {\n\t}\n}\n');
	expect([rules.services, rules.families]).toEqual([{}, ['IPv4']]);
});

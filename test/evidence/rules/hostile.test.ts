import {expect, test} from 'vitest';
import {parseCiliumServiceList} from '../../../source/evidence/rules/parse-cilium-service-list.ts';
import {parseIptablesSave} from '../../../source/evidence/rules/parse-iptables-save.ts';
import {parseIpvs} from '../../../source/evidence/rules/parse-ipvs.ts';
import {parseNft} from '../../../source/evidence/rules/parse-nft.ts';
import {fixture} from './fixture.ts';

const parsers = {
	iptables: parseIptablesSave,
	nft: parseNft,
	ipvs: (text: string) => parseIpvs({ipvsadm: text, ipset: text}, {services: []}),
	cilium: (text: string) => parseCiliumServiceList(text, {services: []}),
};

const dumps = ['iptables-node-a.txt', 'nft-node-a.txt', 'nft-node-a.json'].map(fixture);

test.each(Object.entries(parsers))('%s: a dump cut anywhere is read as far as it goes', (_name, parse) => {
	for (const dump of dumps) {
		for (let end = 0; end < dump.length; end += 1999) {
			expect(parse(dump.slice(0, end)).unread.length).toBeLessThanOrEqual(5);
		}
	}
});

test.each(Object.entries(parsers))('%s: anything at all is read without failing', (_name, parse) => {
	const texts = [
		'',
		'\0',
		'{',
		'{"nftables": [null, 7, {"map": null}, {"rule": {"expr": "x"}}]}',
		'table ip kube-proxy {\n\tmap service-ips {\n\t\telements = { , : goto , }\n\t}\n}',
		'table ip kube-proxy {\n\tchain a {\n\t\tgoto a\n\t}\n}',
		`*nat\n-A KUBE-SVC-A -j KUBE-SVC-A\n-A KUBE-SERVICES -p tcp -m comment --comment "a/b cluster IP" -j KUBE-SVC-A\nCOMMIT`,
		'-A KUBE-SERVICES',
		'"'.repeat(100_000),
		'\\'.repeat(100_000),
		`-A KUBE-X ${'"a" '.repeat(50_000)}`,
		' '.repeat(100_000),
		'TCP  999.0.0.1:99999 rr\n  -> x:y Masq 1',
		'1    [::1:80   ClusterIP   1 => [',
	];
	for (const text of texts) {
		expect(parse(text).services).toBeTypeOf('object');
	}
});

test('chains that lead into each other end', () => {
	const loop = `*nat
-A KUBE-SERVICES -p tcp -m comment --comment "a/b:c cluster IP" -j KUBE-SVC-A
-A KUBE-SVC-A -j KUBE-EXT-B
-A KUBE-EXT-B -j KUBE-SVC-A
COMMIT`;
	expect(parseIptablesSave(loop).services['a/b:c/TCP']?.backends).toEqual([]);
});

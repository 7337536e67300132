import {expect, test} from 'vitest';
import {dumpCommands, parseRuleDump} from '../../../source/evidence/rules/rule-dumps.ts';
import {fixture} from './fixture.ts';

const none = {services: []};

test.each([
	['iptables', fixture('iptables-node-a.txt')],
	['nftables', fixture('nft-node-a.txt')],
	['nftables', fixture('nft-node-a.json')],
	['ipvs', 'IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n'],
	['ipvs', '-A -t 10.0.0.20:80 -s rr\n'],
	['cilium', 'ID   Frontend            Service Type   Backend\n'],
])('knows a dump of %s by its text', (mode, text) => {
	expect(parseRuleDump(text, none)?.mode).toBe(mode);
});

test('takes nothing else for a dump', () => {
	expect(parseRuleDump('', none)).toBe(undefined);
	expect(parseRuleDump('kind: Service\n', none)).toBe(undefined);
});

test('reads both families where there are two tools', () => {
	expect(dumpCommands('iptables').map((command) => command.join(' '))).toEqual([
		'iptables-save',
		'ip6tables-save',
	]);
	expect(dumpCommands('nftables').map((command) => command.join(' '))).toEqual([
		'nft list table ip kube-proxy',
		'nft list table ip6 kube-proxy',
	]);
	expect(dumpCommands('cilium')).toEqual([['cilium-dbg', 'service', 'list']]);
	expect(dumpCommands('ipvs')).toHaveLength(2);
});

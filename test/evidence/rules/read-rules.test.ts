import {expect, test} from 'vitest';
import {readRules} from '../../../source/evidence/rules/read-rules.ts';
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
	expect(readRules(text, none)?.mode).toBe(mode);
});

test('takes nothing else for a dump', () => {
	expect(readRules('', none)).toBe(undefined);
	expect(readRules('kind: Service\n', none)).toBe(undefined);
});

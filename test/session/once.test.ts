import {expect, test} from 'vitest';
import type {Snapshot} from '../../source/model/snapshot.ts';
import {createScanner} from '../../source/path/walk/scan.ts';
import {openingReads} from '../../source/session/demand.ts';
import {evaluateOnce} from '../../source/session/once.ts';
import {manualClock} from '../helpers/manual-clock.ts';
import {noon} from '../helpers/snapshot.ts';
import {yamlDataSource} from '../helpers/yaml-data-source.ts';
import {shopYaml} from './cluster.ts';

const services = Array.from(
	{length: 200},
	(_, number) => `---
apiVersion: v1
kind: Service
metadata: {name: app-${number}, namespace: shop, uid: app-${number}}
spec: {type: ClusterIP, clusterIP: 10.97.0.${number}, clusterIPs: [10.97.0.${number}], ipFamilies: [IPv4], selector: {app: app-${number}}, ports: [{port: 80}]}
`,
).join('');

/** A scan of the shop, and of how many paths each round of it was. */
async function scanInRounds(isSampled: boolean) {
	const clock = manualClock(noon);
	const source = yamlDataSource(shopYaml + services, {clock});
	const {scan, sample} = createScanner('shop');
	const rounds: number[] = [];
	const result = await evaluateOnce(
		{
			...source,
			clock,
			timeout: Infinity,
			opening: openingReads('shop'),
			sample: isSampled ? sample : undefined,
		},
		(snapshot: Snapshot) => {
			const scanned = scan(snapshot);
			rounds.push(scanned.paths.length);
			return scanned;
		},
	);
	return {result, rounds};
}

test('what a sample reads is opened before the whole is evaluated, which then happens once', async () => {
	const plain = await scanInRounds(false);
	const sampled = await scanInRounds(true);
	expect(plain.rounds).toEqual([202, 202, 202]);
	expect(sampled.rounds).toEqual([202]);
	expect(sampled.result).toEqual(plain.result);
});

test('a list that did not come within the time is told as that, not as one to wait for', async () => {
	const clock = manualClock(noon);
	const source = yamlDataSource(shopYaml, {clock, states: {EndpointSlice: {state: 'connecting'}}});
	const {scan} = createScanner('shop');
	const scanned = evaluateOnce({...source, clock, timeout: 10_000}, scan);
	clock.advance(10_000);
	const findings = (await scanned).paths.flatMap(({hops}) => hops.flatMap((hop) => hop.findings));
	const told = findings.filter(({code}) => code === 'KNET902');
	expect(new Set(told.map(({message}) => message))).toEqual(
		new Set([
			'EndpointSlice objects of namespace shop were not listed within 10 s, so this cannot be decided.',
		]),
	);
	expect(told[0]?.remedy).toMatch(/^Ask again with a longer --request-timeout/u);
});

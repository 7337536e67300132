import {describe, expect, test} from 'vitest';
import {evaluateDns} from '../../../source/path/dns/dns-report.ts';
import {scan, type Scan} from '../../../source/path/walk/scan.ts';
import {withInferredSlices} from '../../../source/rules/endpoint-slices/inferred-slices.ts';
import {readScenario} from '../../helpers/scenario.ts';
import {snapshotOfObjects} from '../../helpers/snapshot.ts';

/** A cluster, and a file of it without EndpointSlices. */
function both(name: string) {
	const {objects, now} = readScenario(name);
	const without = objects.filter(({kind}) => kind !== 'EndpointSlice');
	return {
		cluster: snapshotOfObjects(objects, {now}),
		file: withInferredSlices(
			snapshotOfObjects(without, {now, states: {EndpointSlice: {state: 'absent', why: 'not-in-input'}}}),
		),
	};
}

function rows({paths}: Scan): readonly string[] {
	return paths.map(({title, verdict, rootCause}) => `${title} ${verdict} ${rootCause ?? ''}`).toSorted();
}

describe.each([
	'service-works',
	'gateway-works',
	'backends-share',
	'no-ready-endpoints',
	'no-ready-endpoints-behind-traefik',
	'controller-not-ready',
	'cluster-dns-degraded',
	'httpproxy-works',
	'headless-works',
	'load-balancer-works',
])('a file of %s without EndpointSlices', (name) => {
	const {cluster, file} = both(name);

	test('gives the verdicts of the cluster', () => {
		expect(rows(scan(file, undefined))).toEqual(rows(scan(cluster, undefined)));
	});

	test('says once that endpoints are inferred', () => {
		const {notChecked} = scan(file, undefined);
		expect(notChecked.filter((text) => text.includes('inferred'))).toHaveLength(1);
		expect(scan(cluster, undefined).notChecked.join()).not.toContain('inferred');
	});
});

test('names of pods behind a headless Service are known without EndpointSlices', () => {
	const {cluster, file} = both('headless-works');
	const request = {name: 'db.shop', from: {kind: 'node'}, namespace: 'shop'} as const;
	expect(evaluateDns(file, request).answer).toEqual(evaluateDns(cluster, request).answer);
	expect(evaluateDns(file, request).answer?.data).not.toEqual([]);
});

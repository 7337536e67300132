import {expect, test} from 'vitest';
import cases from './cases/kube-proxy-topology.json' with {type: 'json'};
import {runTopologyCase, type TopologyCase} from './kube-proxy-topology.ts';

test.each(cases as unknown as readonly TopologyCase[])('$id', (vector) => {
	expect(runTopologyCase(vector)).toMatchObject({pass: true});
});

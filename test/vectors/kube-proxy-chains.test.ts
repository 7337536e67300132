import {expect, test} from 'vitest';
import cases from './cases/kube-proxy-chains.json' with {type: 'json'};
import {runChainsCase, type ChainsCase} from './kube-proxy-chains.ts';

test.each(cases as unknown as readonly ChainsCase[])('$id', (vector) => {
	expect(runChainsCase(vector)).toMatchObject({pass: true});
});

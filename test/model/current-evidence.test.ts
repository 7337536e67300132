import {expect, test} from 'vitest';
import {currentEvidence} from '../../source/model/current-evidence.ts';
import type {ConnectObservation} from '../../source/model/evidence.ts';
import type {KindState} from '../../source/model/snapshot.ts';
import {snapshotOf} from '../helpers/snapshot.ts';

const yaml = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, resourceVersion: "7"}
spec: {ports: [{port: 80}]}
`;

const forbidden: KindState = {state: 'forbidden', resource: 'pods', group: '', reason: 'no'};

function holds(of: ConnectObservation['of'], kinds?: readonly 'Service'[], pods?: KindState): boolean {
	const observation: ConnectObservation = {
		type: 'connect',
		at: 0,
		vantage: {type: 'machine'},
		subject: {address: '10.0.0.1', port: 80, protocol: 'TCP'},
		result: {outcome: 'connected'},
		of,
	};
	const snapshot = snapshotOf(yaml, {evidence: [observation], states: pods ? {Pod: pods} : {}});
	return currentEvidence(snapshot, 'connect', kinds).length === 1;
}

test.each([
	['an object that is as it was', {'Service/shop/web': '7'}, true],
	['an object that has changed', {'Service/shop/web': '6'}, false],
	['an object that is gone', {'Service/shop/old': '7'}, false],
	['nothing', {}, true],
])('evidence that rests on %s', (_, of, expected) => {
	expect(holds(of)).toBe(expected);
});

test('only the kinds that matter count', () => {
	expect(holds({'Service/shop/web': '7', 'Pod/shop/gone': '1'})).toBe(false);
	expect(holds({'Service/shop/web': '7', 'Pod/shop/gone': '1'}, ['Service'])).toBe(true);
});

test('what may not be read may be as it was', () => {
	expect(holds({'Pod/shop/web-1': '1'}, undefined, forbidden)).toBe(true);
});

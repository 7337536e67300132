import {expect, test} from 'vitest';
import {judge} from '../../../source/path/walk/path-verdict.ts';
import type {HopKind} from '../../../source/path/hop-kind.ts';
import type {HopEvaluation} from '../../../source/path/hop-evaluator.ts';
import type {StopReason} from '../../../source/rules/stop.ts';
import type {Controller} from '../../../source/rules/controllers/record/controller.ts';

const traefik = {
	implementation: 'Traefik',
	bypassesProxy: true,
	answers: {'no-endpoints': 'http-503', refused: 'http-502'},
} as unknown as Controller;

function hop(kind: HopKind, stop?: StopReason): HopEvaluation<HopKind> {
	const status = stop ? 'broken' : 'skipped';
	return {hop: {kind, status, basis: 'objects', summary: '', findings: []}, ...(stop ? {stop} : {})};
}

const withoutEndpoints = [hop('endpoints', 'no-endpoints'), hop('kube-proxy', 'refused')];

test('a client gets the answer of kube-proxy where nothing stands behind a Service', () => {
	expect(judge({title: '', hops: withoutEndpoints}).symptom).toBe('connection-refused');
});

test('a controller that picks endpoints itself answers that there are none', () => {
	expect(judge({title: '', hops: withoutEndpoints, controller: traefik}).symptom).toBe('http-503');
});

test("a controller that sends to the Service's address passes on that kube-proxy refused", () => {
	const hops = withoutEndpoints;
	expect(judge({title: '', hops, controller: traefik, throughProxy: true}).symptom).toBe('http-502');
	expect(judge({title: '', hops, controller: {...traefik, bypassesProxy: false}}).symptom).toBe('http-502');
});

test('what a client sees of an address that no pod has is left to the network', () => {
	const hops = [hop('endpoints', 'unreachable')];
	expect(judge({title: '', hops})).toMatchObject({verdict: 'broken', brokenAt: 'endpoints'});
	expect(judge({title: '', hops}).symptom).toBeUndefined();
	expect(judge({title: '', hops, controller: traefik}).symptom).toBeUndefined();
	expect(judge({title: '', hops: [hop('load-balancer', 'unreachable')]}).symptom).toBe('unreachable');
});

import {expect, test} from 'vitest';
import {verdictSince} from '../../source/path/verdict-since.ts';
import {walkTarget} from '../../source/session/snapshot-views/walks.ts';
import {noon, snapshotOf} from '../helpers/snapshot.ts';

const web = (app: string, ready: boolean): string => `
apiVersion: v1
kind: Service
metadata: {namespace: shop, name: web, uid: web}
spec: {clusterIP: 10.96.0.7, selector: {app: ${app}}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {namespace: shop, name: web-x1, uid: web-x1, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: []
endpoints: []
---
apiVersion: v1
kind: Pod
metadata: {namespace: shop, name: web-1, uid: web-1, labels: {app: web}}
spec: {nodeName: node-a, containers: [{name: app}]}
status:
  phase: Running
  podIPs: [{ip: 10.0.0.1}]
  conditions: [{type: Ready, status: "${ready ? 'True' : 'False'}", lastTransitionTime: "2026-01-01T11:53:00Z"}]
`;

function since(yaml: string): number | undefined {
	const snapshot = snapshotOf(yaml);
	const answer = walkTarget(snapshot, {target: 'service/shop/web', traceOptions: {}, fallback: 'shop'});
	const [path] = 'trace' in answer ? answer.trace.paths : [];
	expect(path?.verdict).toBe('broken');
	return path && verdictSince(path, snapshot);
}

test('pods that are not Ready say since when', () => {
	expect(since(web('web', false))).toBe(noon - 420_000);
});

test('a Ready pod that a selector misses does not say since when it misses it', () => {
	expect(since(web('wep', true))).toBeUndefined();
});

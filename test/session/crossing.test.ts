import {expect, test} from 'vitest';
import type {ObjectRef} from '../../source/model/ref.ts';
import {createViews} from '../../source/session/snapshot-views/views.ts';
import {snapshotOf} from '../helpers/snapshot.ts';
import {shopYaml} from './cluster.ts';

function open() {
	const views = createViews({namespace: 'shop', traceOptions: {}, fallback: 'default'});
	let snapshot = snapshotOf(shopYaml);
	return {
		views,
		become: (yaml: string): void => {
			snapshot = snapshotOf(yaml);
			views.touchAll();
		},
		/** Titles of the entries that cross it, once all is up to date. */
		crossing(ref: ObjectRef): readonly string[] {
			views.crossings.ask(ref);
			return this.titles();
		},
		titles(): readonly string[] {
			while (views.work(snapshot));
			const ids = views.crossings.answer?.entries ?? [];
			return views.rows.filter(({id}) => ids.includes(id)).map(({title}) => title);
		},
	};
}

const web1 = {kind: 'Pod', namespace: 'shop', name: 'web-1'};
const nodeA = {kind: 'Node', name: 'node-a'};
const nodeB = {kind: 'Node', name: 'node-b'};

const ingress = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: site, namespace: shop}
spec: {ingressClassName: nginx, rules: [{host: a.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
`;

test('entries cross the pods of the Services that they lead to, and the nodes of these', () => {
	const opened = open();
	expect(opened.crossing(web1)).toEqual(['svc/web:80']);
	expect(opened.crossing({...web1, namespace: 'other'})).toEqual([]);
	expect(opened.crossing(nodeA)).toEqual(['svc/api:80', 'svc/web:80']);
	expect(opened.crossing(nodeB)).toEqual([]);
});

test('what crosses is read in the namespaces of the entries alone: others may be forbidden', () => {
	const opened = open();
	opened.crossing(nodeA);
	const reads = opened.views.crossings.reads.flatMap((each) => [...each]);
	expect(reads.map(([kind, places]) => [kind, ...places])).toEqual([['EndpointSlice', 'shop']]);
});

test('a URL crosses the pods behind its rule', () => {
	const opened = open();
	opened.become(shopYaml + ingress);
	expect(opened.crossing(web1)).toEqual(['a.example/', 'svc/web:80']);
});

test('what crosses a node follows the cluster, until nobody asks any more', () => {
	const opened = open();
	opened.crossing(nodeB);
	opened.become(
		shopYaml.replace(
			'nodeName: node-a, targetRef: {kind: Pod, name: web-1',
			'nodeName: node-b, targetRef: {kind: Pod, name: web-1',
		),
	);
	expect(opened.titles()).toEqual(['svc/web:80']);
	opened.views.crossings.ask(undefined);
	expect(opened.views.crossings.answer).toBeUndefined();
});

import {expect, test} from 'vitest';
import {flagsOf} from '../../../source/path/controller/workload-flags.ts';
import {haproxyTech} from '../../../source/rules/controllers/haproxy-tech.ts';
import {ingressNginx} from '../../../source/rules/controllers/ingress-nginx.ts';
import {nginxInc} from '../../../source/rules/controllers/nginx-inc.ts';
import {ingressesOf, whyNotWatched} from '../../../source/rules/controllers/ingresses-of.ts';
import {requestedClass} from '../../../source/rules/ingress/requested-class.ts';
import {className, resolve, traefik} from '../../path/controller/controller-situation.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

const ingress = (name: string, spec: string, metadata = 'resourceVersion: "1"') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}, namespace: ns-${name}, ${metadata}}
spec: {${spec}}
`;

const all = [
	traefik,
	className('inner', 'traefik.io/ingress-controller'),
	className('other', 'k8s.io/ingress-nginx'),
	ingress('a', 'ingressClassName: traefik'),
	ingress('b', 'ingressClassName: inner'),
	ingress('c', 'ingressClassName: other'),
	ingress('d', 'rules: []'),
	ingress('e', 'rules: []', 'resourceVersion: "1", annotations: {kubernetes.io/ingress.class: traefik}'),
	ingress('f', 'rules: []', 'resourceVersion: "1", annotations: {kubernetes.io/ingress.class: nginx}'),
	ingress('g', 'ingressClassName: gone'),
];

test('a controller serves all its classes, in every namespace; Traefik also Ingresses without a class', () => {
	const {controller} = resolve(all);
	const served = controller && ingressesOf(snapshotOf(all.join('\n---\n')), controller);
	expect(served?.map(({name}) => name)).toEqual(['a', 'b', 'd', 'e']);
});

test('the class is the name, else the old annotation, else none: admission alone fills in a default', () => {
	const snapshot = snapshotOf(
		[...all, className('preset', 'x', true), ingress('manifest', 'rules: []', 'labels: {}')].join('\n---\n'),
	);
	expect(snapshot.list('Ingress').map((each) => [each.name, requestedClass(snapshot, each)])).toEqual([
		['a', {className: 'traefik'}],
		['b', {className: 'inner'}],
		['c', {className: 'other'}],
		['d', {}],
		['e', {annotation: 'traefik'}],
		['f', {annotation: 'nginx'}],
		['g', {className: 'gone'}],
		['manifest', {className: 'preset'}],
	]);
});

test.each([
	['', undefined],
	['shop', undefined],
	['edge, shop', undefined],
	['edge', '--watch-namespace=edge'],
	['$(POD_NAMESPACE)', '--watch-namespace=$(POD_NAMESPACE)'],
	// The value of any other variable is not known.
	['$(TENANT)', undefined],
	['$(POD_NAMESPACE),$(TENANT)', undefined],
])('an Ingress of shop, and a controller of edge with --watch-namespace=%s: %s', (value, expected) => {
	const watcher = {
		record: ingressNginx,
		flags: {'watch-namespace': value},
		workload: {namespace: 'edge'},
	};
	expect(whyNotWatched(snapshotOf(''), watcher, {namespace: 'shop'})).toBe(expected);
});

// pkg/store/store.go, isRelevantNamespace.
test.each([
	[{'namespace-whitelist': 'a,shop'}, undefined],
	[{'namespace-whitelist': 'a,b'}, '--namespace-whitelist=a,b'],
	[{'namespace-blacklist': 'a,shop'}, '--namespace-blacklist=a,shop'],
	[{'namespace-blacklist': 'a,b'}, undefined],
	[{'namespace-blacklist': 'shop', 'namespace-whitelist': 'shop'}, undefined],
])('an Ingress of shop, and a controller of HAProxy Technologies with %j: %s', (flags, expected) => {
	expect(whyNotWatched(snapshotOf(''), {record: haproxyTech, flags}, {namespace: 'shop'})).toBe(expected);
});

test('a namespace list is made of all flags of its name', () => {
	const snapshot = snapshotOf(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: controller, namespace: edge}
spec:
  template:
    spec:
      containers: [{name: c, args: [--namespace-whitelist=a, --namespace-whitelist=b, --ingress.class=x, --ingress.class=y]}]
`);
	const [workload] = snapshot.list('Deployment');
	expect(flagsOf(workload!)).toEqual({'namespace-whitelist': 'a,b', 'ingress.class': 'y'});
});

test.each([
	[nginxInc, 'watch-namespace-label', 'ingress=public', undefined],
	[nginxInc, 'watch-namespace-label', 'ingress=internal', '--watch-namespace-label=ingress=internal'],
	[ingressNginx, 'watch-namespace-selector', 'ingress in (public, both)', undefined],
	[ingressNginx, 'watch-namespace-selector', 'tenant', '--watch-namespace-selector=tenant'],
])('%o with --%s=%s looks at namespaces with those labels', (record, flag, value, expected) => {
	const snapshot = snapshotOf(
		'{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {ingress: public}}}',
	);
	expect(whyNotWatched(snapshot, {record, flags: {[flag]: value}}, {namespace: 'shop'})).toBe(expected);
	// Whose labels are not known counts as watched.
	expect(whyNotWatched(snapshot, {record, flags: {[flag]: value}}, {namespace: 'other'})).toBeUndefined();
});

import {expect, test} from 'vitest';
import {attachments, offers} from '../../../../source/rules/gateway-api/listeners/delegation.ts';
import {snapshotOf} from '../../../helpers/snapshot.ts';
import {namespaces} from '../fixtures.ts';

const routes = 'backendRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: "*"}]';

const route = (name: string, matches: string, {parent = '', to = routes, annotations = ''} = {}) => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ${name}, namespace: shop, annotations: {${annotations}}}
spec: {parentRefs: [${parent}], rules: [{${matches}${to}}]}`;

const under = (path: string) => `matches: [{path: {type: PathPrefix, value: "${path}"}}], `;
const childOf = (name: string) => `{group: gateway.networking.k8s.io, kind: HTTPRoute, name: ${name}}`;
const toWeb = 'backendRefs: [{name: web, port: 80}]';

/** Whether the route `leaf` offers its rule at a Gateway of the controller. */
function isOffered(all: readonly string[], controllerName = 'kgateway.dev/kgateway'): boolean {
	const snapshot = snapshotOf(
		`${namespaces}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: x}
spec: {controllerName: ${controllerName}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec: {gatewayClassName: x, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
${all.join('\n---\n')}
`,
	);
	const leaf = snapshot.get('HTTPRoute', 'shop', 'leaf');
	return attachments(snapshot, leaf!).some((each) =>
		leaf!.rules.some(({matches}, index) => matches.some((match) => offers(each, index, match))),
	);
}

const leaf = (path: string, annotations = '') =>
	route('leaf', under(path), {parent: childOf('root'), to: toWeb, annotations});
const root = (matches: string) => route('root', matches, {parent: '{name: gw}'});

// IsDelegatedRouteMatch and its normalized paths (pkg/kgateway/utils/delegation).
test.each([
	['/team', '/team/web', true],
	['/team', '/other', false],
	['/team/', '/team', true],
	['/', '/team', true],
])('a rule for %s hands requests to a route for %s: %s', (outer, inner, expected) => {
	expect(isOffered([root(under(outer)), leaf(inner)])).toBe(expected);
});

test('a rule without matches hands on every request, as the API server fills it in', () => {
	expect(isOffered([root(''), leaf('/team')])).toBe(true);
});

test('a rule in between hands on nothing that does not come to it', () => {
	const middle = (path: string) => route('middle', under(path), {parent: childOf('root')});
	const last = route('leaf', under('/other/web'), {parent: childOf('middle'), to: toWeb});
	expect(isOffered([root(under('/other')), middle('/other'), last])).toBe(true);
	expect(isOffered([root(under('/team')), middle('/other'), last])).toBe(false);
});

test.each([
	['"true"', false],
	['"false"', true],
])('inherit-parent-matcher: %s', (value, expected) => {
	const child = leaf('/team/web', `delegation.kgateway.dev/inherit-parent-matcher: ${value}`);
	expect(isOffered([root(under('/team')), child])).toBe(expected);
});

test('no other controller follows a backend of kind HTTPRoute', () => {
	expect(
		isOffered([root(under('/team')), leaf('/team/web')], 'gateway.envoyproxy.io/gatewayclass-controller'),
	).toBe(false);
});

import {describe, expect, test} from 'vitest';
import {attachments} from '../../../../source/rules/gateway-api/listeners/delegation.ts';
import {snapshotOf} from '../../../helpers/snapshot.ts';
import {namespaces} from '../fixtures.ts';

function attach(listeners: string, route: string, states = {}) {
	const snapshot = snapshotOf(
		`${namespaces}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec: {gatewayClassName: x, listeners: [${listeners}]}
---
apiVersion: gateway.networking.k8s.io/v1
${route}
`,
		{states},
	);
	const all = [...snapshot.list('HTTPRoute'), ...snapshot.list('TCPRoute')];
	return all.flatMap((each) => attachments(snapshot, each));
}

const route = (spec: string, namespace = 'shop') =>
	`kind: HTTPRoute\nmetadata: {name: r, namespace: ${namespace}}\nspec: {${spec}}`;

const states = (listeners: string, text: string) =>
	attach(listeners, text).map(({refusal, answers}) => ({
		refusal,
		answers: answers.map((answer) => `${answer.listener.name}: ${answer.state}`),
	}));

const http = '{name: http, port: 80, protocol: HTTP}';

test('attaches to every listener of the namespace that a parentRef without sectionName means', () => {
	expect(
		states(`${http}, {name: alt, port: 8080, protocol: HTTP}`, route('parentRefs: [{name: gw}]')),
	).toEqual([{answers: ['http: attached', 'alt: attached']}]);
});

test('keeps to the sectionName and the port of the parentRef', () => {
	const listeners = `${http}, {name: alt, port: 8080, protocol: HTTP}`;
	expect(states(listeners, route('parentRefs: [{name: gw, sectionName: alt}]'))[0]?.answers).toEqual([
		'alt: attached',
	]);
	expect(states(listeners, route('parentRefs: [{name: gw, port: 80}]'))[0]?.answers).toEqual([
		'http: attached',
	]);
	expect(states(listeners, route('parentRefs: [{name: gw, sectionName: alt, port: 80}]'))).toEqual([
		{refusal: 'NoMatchingParent', answers: []},
	]);
});

test('says that the Gateway of a parentRef is missing, and leaves other parents alone', () => {
	const [attachment] = attach(
		http,
		route('parentRefs: [{name: gone}, {group: "", kind: Service, name: mesh}]'),
	);
	expect(attachment).toMatchObject({gateway: 'missing', refusal: 'NoMatchingParent'});
	expect(attach(http, route('parentRefs: [{kind: Service, group: core, name: mesh}]'))).toEqual([]);
});

test('does not call a Gateway missing that cannot be read', () => {
	const [attachment] = attach(http, route('parentRefs: [{name: gone}]'), {
		Gateway: {state: 'forbidden', resource: 'gateways', group: 'gateway.networking.k8s.io', reason: 'no'},
	});
	expect(attachment).toMatchObject({gateway: {unknown: {state: 'forbidden'}}});
	expect(attachment).not.toHaveProperty('refusal');
});

describe('allowedRoutes', () => {
	const from = (value: string) =>
		`{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: ${value}}}`;
	const other = route('parentRefs: [{name: gw, namespace: shop}]', 'other');

	test.each([
		['{from: Same}', 'NotAllowedByListeners'],
		['{from: None}', 'NotAllowedByListeners'],
		['{from: All}', undefined],
		['{from: Selector, selector: {matchLabels: {team: other}}}', undefined],
		['{from: Selector, selector: {matchLabels: {team: shop}}}', 'NotAllowedByListeners'],
		['{from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: other}}}', undefined],
		[
			'{from: Selector, selector: {matchExpressions: [{key: team, operator: NotIn, values: [other]}]}}',
			'NotAllowedByListeners',
		],
		['{from: Selector, selector: {}}', undefined],
		['{from: Selector}', 'NotAllowedByListeners'],
	])('%s for a route of another namespace: %s', (value, refusal) => {
		expect(states(from(value), other)[0]?.refusal).toBe(refusal);
	});

	test('is not decided by labels of a namespace that cannot be read', () => {
		const unread = {Namespace: {state: 'forbidden', resource: 'namespaces', group: '', reason: 'no'}};
		const selector = (labels: string) => from(`{from: Selector, selector: {matchLabels: {${labels}}}}`);
		const gone = route('parentRefs: [{name: gw, namespace: shop}]', 'third');
		expect(attach(selector('team: third'), gone, unread)[0]?.answers[0]?.state).toBe('unknown');
		expect(attach(selector('kubernetes.io/metadata.name: third'), gone, unread)[0]?.answers[0]?.state).toBe(
			'attached',
		);
	});

	test('keeps out kinds that it does not name, and kinds that do not go with the protocol', () => {
		const grpcOnly = '{name: http, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: GRPCRoute}]}}';
		expect(states(grpcOnly, route('parentRefs: [{name: gw}]'))[0]?.refusal).toBe('NotAllowedByListeners');
		const tls = '{name: tls, port: 443, protocol: TLS, tls: {mode: Passthrough}}';
		expect(states(tls, route('parentRefs: [{name: gw}]'))[0]?.refusal).toBe('NotAllowedByListeners');
	});
});

describe('hostnames', () => {
	const listener = (hostname: string) => `{name: l, port: 80, protocol: HTTP, hostname: "${hostname}"}`;

	test('are those that both sides take', () => {
		const [attachment] = attach(
			listener('*.example.com'),
			route('parentRefs: [{name: gw}], hostnames: [a.example.com, b.example.net]'),
		);
		expect(attachment?.answers[0]).toMatchObject({state: 'attached', hostnames: ['a.example.com']});
	});

	test('that have nothing in common refuse the route', () => {
		expect(
			states(listener('*.example.com'), route('parentRefs: [{name: gw}], hostnames: [example.com]'))[0]
				?.refusal,
		).toBe('NoMatchingListenerHostname');
	});

	test('blame the namespace first where its listener would have the host', () => {
		const listeners =
			'{name: mine, port: 80, protocol: HTTP, hostname: a.example.com}, {name: all, port: 80, protocol: HTTP, hostname: b.example.com, allowedRoutes: {namespaces: {from: All}}}';
		expect(
			states(
				listeners,
				route('parentRefs: [{name: gw, namespace: shop}], hostnames: [a.example.com]', 'other'),
			)[0]?.refusal,
		).toBe('NotAllowedByListeners');
	});

	test('do not count for TCP', () => {
		const [attachment] = attach(
			'{name: l, port: 9000, protocol: TCP, hostname: a.example.com}',
			'kind: TCPRoute\nmetadata: {name: t, namespace: shop}\nspec: {parentRefs: [{name: gw}]}',
		);
		expect(attachment?.answers[0]).toMatchObject({state: 'attached', hostnames: ['']});
	});
});

test('blames the kind, not the hostname, where a listener of the hostname takes other kinds', () => {
	const grpc = (hostname: string) =>
		`{name: grpc, port: 80, protocol: HTTP, hostname: "${hostname}", allowedRoutes: {kinds: [{kind: GRPCRoute}]}}`;
	const other = '{name: other, port: 80, protocol: HTTP, hostname: "*.other.example.com"}';
	const requested = route('parentRefs: [{name: gw}], hostnames: [a.example.com]');
	expect(states(`${other}, ${grpc('*.example.com')}`, requested)[0]?.refusal).toBe('NotAllowedByListeners');
	expect(states(`${other}, ${grpc('*.example.org')}`, requested)[0]?.refusal).toBe(
		'NoMatchingListenerHostname',
	);
});

import type {Wire} from '../../source/projection/wire.ts';

/** Large objects that anybody may make who writes to one namespace. Each is a whole cluster, as `kubectl get -o json` prints it. */
export type Shape = {
	readonly name: string;
	readonly objects: () => readonly Wire[];
	/** How many a scan finds at least. */
	readonly paths: number;
	/** What `trace` asks for. */
	readonly target: string;
};

/** All shapes, of the whole size or of a part of it. */
export function hostileShapes(part = 1): readonly Shape[] {
	return [
		...ingressControllers.flatMap((controller) => ingressShapes(controller, part)),
		...gatewayControllers.flatMap((controller) => gatewayShapes(controller, part)),
		{name: '200 slices × 1,000 endpoints', objects: () => endpoints(200, 1000 * part), ...ofWeb},
		{name: '200 pods × 10,000 labels', objects: () => labels(200, 10_000 * part), ...ofWeb},
		{name: '2,000 pods of one Service', objects: () => podsOfOneService(2000 * part), ...ofWeb},
		{
			name: '1,000 paths one in another',
			objects: () => [...ingressClass('example.com/other'), ...nestedPaths(1000 * part)],
			target: 'http://one.example.com/a/1/2/3/x',
			paths: Math.min(100, 1000 * part),
		},
		{name: '500 policies × 200 pods', objects: () => policies(500 * part), ...ofWeb},
	];
}

const ofWeb = {target: 'service/shop/web', paths: 1};
const ingressControllers = ['traefik.io/ingress-controller', 'k8s.io/ingress-nginx', 'example.com/other'];
const gatewayControllers = ['gateway.envoyproxy.io/gatewayclass-controller', 'traefik.io/gateway-controller'];

function ingressShapes(controller: string, part: number): readonly Shape[] {
	const [paths, hosts] = [5000 * part, 2000 * part];
	return [
		{
			name: `5,000 paths on one host, ${controller}`,
			objects: () => [...ingressClass(controller), ...pathsOnOneHost(paths)],
			target: `http://one.example.com/p${paths - 1}/x`,
			paths,
		},
		{
			name: `2,000 hosts, ${controller}`,
			objects: () => [...ingressClass(controller), ...manyHosts(hosts)],
			target: `http://h${hosts - 1}.example.com/`,
			paths: hosts,
		},
	];
}

function gatewayShapes(controller: string, part: number): readonly Shape[] {
	const count = 500 * part;
	const target = `http://gw.example.com/r${count - 1}/15/x`;
	const shape = (of: string, pathOf: PathOf): Shape => ({
		name: `500 routes × 16 ${of}, ${controller}`,
		objects: () => [...gateway(controller), ...routes(count, 16, pathOf)],
		target,
		paths: 1,
	});
	return [
		shape('rules', prefixOf),
		shape('regular expressions', regexOf),
		shape('large regular expressions', largeRegexOf),
	];
}

const times = <T>(length: number, make: (position: number) => T): readonly T[] =>
	Array.from({length}, (_, position) => make(position));

const meta = (name: string) => ({namespace: 'shop', name, creationTimestamp: '2026-01-01T00:00:00Z'});

function service(name: string): Wire {
	return {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: meta(name),
		spec: {clusterIP: '10.96.0.1', selector: {app: name}, ports: [{port: 80, targetPort: 8080}]},
	};
}

function ingressClass(controller: string): readonly Wire[] {
	return [
		{apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: {name: 'c'}, spec: {controller}},
		service('web'),
	];
}

type PathRule = {readonly host: string; readonly path: string};

function ingress(name: string, rules: readonly PathRule[]): Wire {
	const backend = {service: {name: 'web', port: {number: 80}}};
	return {
		apiVersion: 'networking.k8s.io/v1',
		kind: 'Ingress',
		metadata: meta(name),
		spec: {
			ingressClassName: 'c',
			rules: rules.map(({host, path}) => ({host, http: {paths: [{path, pathType: 'Prefix', backend}]}})),
		},
	};
}

function pathsOnOneHost(paths: number): readonly Wire[] {
	return times(paths / 50, (position) =>
		ingress(
			`i${position}`,
			times(50, (each) => ({host: 'one.example.com', path: `/p${position * 50 + each}`})),
		),
	);
}

/** Each path begins with the one before it, so every one of them may take the same request. */
function nestedPaths(paths: number): readonly Wire[] {
	const segments = times(paths, (position) => position % 100);
	return times(paths / 50, (position) =>
		ingress(
			`i${position}`,
			times(50, (each) => ({
				host: 'one.example.com',
				path: `/a/${segments.slice(0, (position * 50 + each) % 100).join('/')}`,
			})),
		),
	);
}

function manyHosts(hosts: number): readonly Wire[] {
	return times(hosts, (position) => ingress(`i${position}`, [{host: `h${position}.example.com`, path: '/'}]));
}

const accepted = [{type: 'Accepted', status: 'True'}];
const programmed = [...accepted, {type: 'Programmed', status: 'True'}];
const gatewayVersion = 'gateway.networking.k8s.io/v1';

function gateway(controllerName: string): readonly Wire[] {
	return [
		{
			apiVersion: gatewayVersion,
			kind: 'GatewayClass',
			metadata: {name: 'c'},
			spec: {controllerName},
			status: {conditions: accepted},
		},
		{
			apiVersion: gatewayVersion,
			kind: 'Gateway',
			metadata: meta('gw'),
			spec: {gatewayClassName: 'c', listeners: [{name: 'http', port: 80, protocol: 'HTTP'}]},
			status: {
				conditions: programmed,
				listeners: [{name: 'http', supportedKinds: [{kind: 'HTTPRoute'}], conditions: programmed}],
			},
		},
		service('web'),
	];
}

type PathOf = (route: number, rule: number) => {readonly type: string; readonly value: string};

const prefixOf: PathOf = (route, rule) => ({type: 'PathPrefix', value: `/r${route}/${rule}`});
const regexOf: PathOf = (route, rule) => ({type: 'RegularExpression', value: `/r${route}/${rule}/[a-z]+`});
const largeRegexOf: PathOf = (route, rule) => ({
	type: 'RegularExpression',
	value: `/([a-z]{0,900})([a-z]{0,900})x${route}/${rule}`,
});

function routes(count: number, rules: number, pathOf: PathOf): readonly Wire[] {
	return times(count, (route) => ({
		apiVersion: gatewayVersion,
		kind: 'HTTPRoute',
		metadata: meta(`r${route}`),
		spec: {
			parentRefs: [{name: 'gw'}],
			hostnames: ['gw.example.com'],
			rules: times(rules, (rule) => ({
				matches: [{path: pathOf(route, rule)}],
				backendRefs: [{name: 'web', port: 80}],
			})),
		},
	}));
}

function endpoints(slices: number, each: number): readonly Wire[] {
	return [
		service('web'),
		...times(slices, (slice) => ({
			apiVersion: 'discovery.k8s.io/v1',
			kind: 'EndpointSlice',
			metadata: {
				...meta(`web-${slice}`),
				labels: {
					'kubernetes.io/service-name': 'web',
					'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
				},
			},
			addressType: 'IPv4',
			ports: [{port: 8080, protocol: 'TCP'}],
			endpoints: times(each, (position) => ({
				addresses: [
					`10.${Math.floor(slice / 50)}.${(slice % 50) * 5 + Math.floor(position / 250)}.${position % 250}`,
				],
				conditions: {ready: true},
				nodeName: `node-${position % 10}`,
				targetRef: {kind: 'Pod', namespace: 'shop', name: `web-${slice}-${position}`},
			})),
		})),
	];
}

function podsOfOneService(pods: number): readonly Wire[] {
	return [
		...endpoints(pods / 100, 100),
		...times(pods, (position) =>
			pod(`web-${Math.floor(position / 100)}-${position % 100}`, position, {app: 'web'}),
		),
	];
}

function policies(count: number): readonly Wire[] {
	return [
		...podsOfOneService(200),
		...times(count, (position) => ({
			apiVersion: 'networking.k8s.io/v1',
			kind: 'NetworkPolicy',
			metadata: meta(`policy-${position}`),
			spec: {
				podSelector: {matchExpressions: [{key: 'app', operator: 'In', values: ['web', `other-${position}`]}]},
				ingress: [{from: [{podSelector: {matchLabels: {app: `client-${position}`}}}], ports: [{port: 8080}]}],
			},
		})),
	];
}

function labels(pods: number, each: number): readonly Wire[] {
	return [
		service('web'),
		...endpoints(1, 1)
			.slice(1)
			.map((slice) => ({...slice, endpoints: []})),
		...times(pods, (position) =>
			pod(
				`p${position}`,
				position,
				Object.fromEntries(times(each, (label) => [`label-${label}`, `value-${label}`])),
			),
		),
	];
}

function pod(name: string, position: number, podLabels: Readonly<Record<string, string>>): Wire {
	const ip = `10.${Math.floor(position / 62_500)}.${Math.floor(position / 250) % 250}.${position % 250}`;
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {...meta(name), labels: podLabels},
		spec: {containers: [{name: 'c', image: 'i', ports: [{containerPort: 8080}]}]},
		status: {
			phase: 'Running',
			podIP: ip,
			podIPs: [{ip}],
			conditions: [{type: 'Ready', status: 'True'}],
		},
	};
}

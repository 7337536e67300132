import {project} from '../../source/projection/project.ts';
import {record, list, optionalRecord, text, type Wire} from '../../source/projection/wire.ts';
import type {EndpointSlice} from '../../source/model/services/endpoint-slice.ts';
import type {Ingress, IngressBackend, IngressClass} from '../../source/model/routes/ingress.ts';
import type {Service} from '../../source/model/services/service.ts';
import type {BackendState, RouteDecision} from '../../source/rules/ingress/decision.ts';
import {backendStateOf, portOf} from '../../source/rules/controllers/record/backend-state.ts';
import {nginxEndpoints} from '../../source/rules/controllers/ingress-nginx/endpoints.ts';
import {usesServiceAddress} from '../../source/rules/controllers/ingress-nginx/annotations.ts';
import {ingressNginx} from '../../source/rules/controllers/ingress-nginx.ts';
import {plainIngress} from '../../source/rules/controllers/plain.ts';
import type {IngressSide} from '../../source/rules/controllers/record/ingress-side.ts';
import {traefik} from '../../source/rules/controllers/traefik.ts';
import {legacyClass} from '../../source/rules/ingress/requested-class.ts';
import {nginxAnswers} from '../../source/rules/controllers/record/answers.ts';
import {symptomOf} from '../../source/path/symptom.ts';
import type {HttpRequest} from '../../source/model/request.ts';
import type {Controller} from '../../source/rules/controllers/record/controller.ts';

/** A case of ingress-paths.json: upstream's objects and request, and what upstream expects. */
export type IngressVector = {
	readonly id: string;
	readonly profile: 'spec' | 'conformance' | 'ingress-nginx' | 'traefik';
	readonly given: Wire;
	readonly when: Wire;
	readonly expect: Wire;
};

type Outcome =
	| {readonly pass: boolean; readonly expected: unknown; readonly got: unknown}
	| {readonly skip: string};

/** Runs a case through the functions of the walk. Fields that the case does not state are not compared. */
export function runIngressPathsCase(vector: IngressVector): Outcome {
	const got = answer(vector);
	const said = Object.fromEntries(Object.keys(vector.expect).map((key) => [key, (got as Wire)[key]]));
	return {pass: same(said, withClasses(vector.expect, said)), expected: vector.expect, got: said};
}

/** `5xx` stands for any status of that hundred, as upstream's StatusRange does. */
function withClasses(expected: Wire, got: Wire): Wire {
	const {status} = expected;
	const isClass = typeof status === 'string' && /^\dxx$/u.test(status);
	return isClass && String(got['status']).startsWith(status.slice(0, 1))
		? {...expected, status: got['status']}
		: expected;
}

function answer(vector: IngressVector): object {
	switch (vector.when['query']) {
		case 'upstreamEndpoints':
			return upstreams(vector.given);
		case 'status':
			return status(vector);
		default:
			return request(vector);
	}
}

function upstreams(given: Wire): object {
	const port = record(given['servicePort']);
	const endpoints = nginxEndpoints({
		service: project('Service', record(given['service'])),
		port: {name: text(port['name']), targetPort: port['targetPort'] as number | string},
		protocol: text(given['protocol']) as 'TCP',
		slices: list(given['endpointSlices']).map((slice) => project('EndpointSlice', record(slice))),
		zone: text(given['controllerZone']),
	});
	return {count: endpoints.length, endpoints};
}

function ingressesOf(given: Wire): Ingress[] {
	return list(given['ingresses']).map((item) => {
		const wire = record(item);
		const metadata = record(wire['metadata']);
		const order = Number(metadata['creationOrder'] ?? 0);
		const creationTimestamp = new Date(order * 1000).toISOString();
		return project('Ingress', {...wire, metadata: {namespace: 'default', ...metadata, creationTimestamp}});
	});
}

function sideOf({given, profile}: IngressVector): IngressSide {
	const sides = {
		'ingress-nginx': ingressNginx.ingress,
		traefik: traefik.ingress,
		spec: undefined,
		conformance: undefined,
	};
	const className = text(record(given['controller'])['ingressClassAnnotation']);
	return sides[profile] ?? plainIngress(ownClass(given), className);
}

function flagsOf(given: Wire): Controller['flags'] {
	const controller = record(given['controller']);
	const on = (key: string): string => (controller[key] === true ? 'true' : 'false');
	return {
		'controller-class': text(controller['controllerClass']) || ownClass(given),
		'ingress-class': text(controller['ingressClassAnnotation']),
		'watch-ingress-without-class': on('watchIngressWithoutClass'),
		'ingress-class-by-name': on('ingressClassByName'),
	};
}

/** A case that names no controller means the one of its first IngressClass. */
function ownClass(given: Wire): string {
	return text(record(record(list(given['ingressClasses'])[0])['spec'])['controller']);
}

/** Without leave to list IngressClasses the controller knows none of them. */
function classesOf(given: Wire): readonly IngressClass[] {
	const isBlind = Object.entries(record(given['controller'])).some(
		([key, value]) =>
			(/ignore/iu.test(key) && value === true) || (/permission|scope|rbac/iu.test(key) && value === false),
	);
	return isBlind ? [] : list(given['ingressClasses']).map((item) => project('IngressClass', record(item)));
}

function claimed(vector: IngressVector): readonly Ingress[] {
	const claimant = {classes: classesOf(vector.given), flags: flagsOf(vector.given)};
	return ingressesOf(vector.given).filter(({className, annotations}) =>
		sideOf(vector).takes({className, annotation: annotations[legacyClass]}, claimant),
	);
}

function status(vector: IngressVector): object {
	const [ingress] = claimed(vector);
	return {claimedByController: ingress !== undefined, statusLoadBalancer: ingress?.addresses ?? []};
}

function request(vector: IngressVector): object {
	const {given, when} = vector;
	const requested = record(when['request']);
	const host = text(requested['host']);
	const all = given['controller'] || given['ingressClasses'] ? claimed(vector) : ingressesOf(given);
	const settings = Object.fromEntries(
		Object.entries(record(given['controllerConfig'])).map(([key, value]) => [key, String(value)]),
	);
	const httpRequest: HttpRequest = {
		scheme: text(requested['scheme']) as 'http',
		host,
		port: requested['scheme'] === 'https' ? 443 : 80,
		urlPath: text(requested['path']),
		method: text(requested['method']),
		headers: Object.entries(record(requested['headers'])).map(([name, value]) => ({
			name,
			value: String(value),
		})),
		query: [],
	};
	const decision = sideOf(vector).route({
		request: httpRequest,
		ingresses: all,
		settings,
		backendState: (ingress, backend) => stateOf(given, ingress, backend),
	});
	return {
		...described(decision, httpRequest, given),
		...tls(decision, httpRequest),
		claimedByController: all.length > 0,
		...upstream(decision, given, settings),
	};
}

/** A case without Services means them to be there and ready. */
function stateOf(given: Wire, _: Ingress, backend: IngressBackend): BackendState {
	if (!given['services'] || backend.type === 'resource') {
		return backend.type === 'resource' ? {type: 'resource'} : {type: 'ready'};
	}

	const service = serviceOf(given, backend.name);
	// A Service that is only named has whatever port the rule asks for.
	if (service && service.ports.length === 0 && service.type !== 'ExternalName') {
		return {type: 'ready'};
	}

	return backendStateOf({
		side: ingressNginx.ingress!,
		backend,
		service,
		slices: slicesOf(given, backend.name),
	});
}

function serviceOf(given: Wire, name: string): Service | undefined {
	return list(given['services'])
		.map((item) => project('Service', record(item)))
		.find((service) => service.name === name);
}

/** Slices that name no Service are those of the only one. A case that tells nothing of endpoints means them to be there. */
function slicesOf(given: Wire, name: string): readonly EndpointSlice[] | undefined {
	const addresses = optionalRecord(given['endpoints'])?.[name];
	if (!given['endpointSlices']) {
		return Array.isArray(addresses) && addresses.length === 0 ? [] : undefined;
	}

	return list(given['endpointSlices'])
		.map((item) => project('EndpointSlice', record(item)))
		.filter(({service}) => service === name || !service);
}

function described(decision: RouteDecision, {urlPath}: HttpRequest, given: Wire): object {
	const {matched} = decision;
	const backend = matched?.backend;
	return {
		...outcomeOf(decision, given),
		...(backend?.type === 'service'
			? {
					service: backend.name,
					port: backend.port.name ?? backend.port.number ?? firstPort(given, backend.name),
				}
			: {}),
		ingress: matched?.ingress.name,
		matched: {path: matched?.value, pathType: matched?.pathType},
		upstreamPath: decision.upstreamPath ?? urlPath,
	};
}

/** Annotation `default-backend` names no port: the Service's first is meant. */
function firstPort(given: Wire, name: string): number | undefined {
	const service = serviceOf(given, name);
	return service && portOf(ingressNginx.ingress!, service, {})?.port;
}

function outcomeOf({matched, redirect, status, isDefault}: RouteDecision, given: Wire): object {
	if (redirect) {
		return {outcome: 'redirect', status: redirect.status, location: redirect.location};
	}

	if (!matched) {
		return {outcome: 'no-match', status};
	}

	if (status === 503) {
		const missing = stateOf(given, matched.ingress, matched.backend).type === 'no-service';
		return {outcome: 'no-endpoints', status, reason: missing ? 'service-not-found' : 'no-ready-endpoints'};
	}

	const state = stateOf(given, matched.ingress, matched.backend);
	if (state.type === 'external-name' && !resolves(state.service.externalName ?? '')) {
		const symptom = symptomOf('unreachable', 'service', {answers: nginxAnswers} as Controller);
		return {outcome: 'upstream-error', status: Number(symptom?.slice('http-'.length))};
	}

	return {outcome: isDefault ? 'default-backend' : 'backend', status: 200};
}

/** The DNS of the cases: names of the cluster and in public top-level domains exist, `invalid.hostname` does not. */
function resolves(name: string): boolean {
	const labels = name.replace(/\.$/u, '').split('.');
	return labels.length === 1 || ['local', 'com', 'org', 'net', 'io', 'dev'].includes(labels.at(-1) ?? '');
}

function tls({matched}: RouteDecision, {scheme, host}: HttpRequest): object {
	const covered = matched?.ingress.tls.some(({hosts}) => hosts.includes(host));
	return scheme === 'https' && covered ? {tlsVerifiedHost: host} : {};
}

function upstream({matched}: RouteDecision, given: Wire, settings: Readonly<Record<string, string>>): object {
	if (!matched || matched.backend.type !== 'service') {
		return {};
	}

	const {name} = matched.backend;
	const service = list(given['services'])
		.map(record)
		.find((item) => record(item['metadata'])['name'] === name);
	const endpoint = list(optionalRecord(given['endpoints'])?.[name]).map(text)[0];
	return usesServiceAddress(matched.ingress, settings)
		? {upstreamKind: 'clusterIP', upstreamAddress: record(service?.['spec'])['clusterIP']}
		: {upstreamKind: 'podIP', upstreamAddress: endpoint?.replace(/:\d+$/u, '')};
}

function same(a: unknown, b: unknown): boolean {
	return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) {
		return value.map(sorted);
	}

	return optionalRecord(value)
		? Object.fromEntries(
				Object.entries(record(value))
					.toSorted(([a], [b]) => (a < b ? -1 : 1))
					.map(([key, item]) => [key, sorted(item)]),
			)
		: value;
}

import type {RouteFilter} from '../../source/model/routes/gateway.ts';
import {attachments} from '../../source/rules/gateway-api/listeners/delegation.ts';
import {plainHost} from '../../source/rules/host-match.ts';
import {isInvalid, type Backend} from '../../source/rules/gateway-api/backends.ts';
import {outcomeOf, type Outcome, type SentRequest} from '../../source/rules/gateway-api/outcome.ts';
import {specProfile} from '../../source/rules/gateway-api/profile.ts';
import {predictGateway, predictListener, routeConditions} from '../oracles/gateway-status.ts';
import {attachmentsTo} from '../../source/rules/gateway-api/routes.ts';
import {selectRule} from '../../source/rules/gateway-api/select.ts';
import type {Snapshot} from '../../source/model/snapshot.ts';
import {snapshotOf} from '../helpers/snapshot.ts';
import type {HttpRequest} from '../../source/model/request.ts';

type Json = Readonly<Record<string, unknown>>;

/** One line of the file of cases. */
export type GatewayVector = {
	readonly id: string;
	readonly given: {readonly [kind: string]: readonly Json[]};
	readonly when: Json;
	readonly expect: Json;
};

export type VectorResult =
	| {readonly pass: boolean; readonly expected: unknown; readonly got: unknown}
	| {readonly skip: string};

/** Shapes one case into objects and a request, asks the rules, and compares what the case asserts. */
export function runGatewayHttpCase(vector: GatewayVector): VectorResult {
	const snapshot = snapshotOf(yamlOf(vector.given));
	const got = answer(snapshot, vector);
	return typeof got === 'string'
		? {skip: got}
		: {pass: isSubset(asserted(vector.expect), got), expected: vector.expect, got};
}

/** Which words an error is told in is the case's own; its status counts. */
function asserted(expect: Json): Json {
	const {reason: _, ...rest} = expect;
	return expect['outcome'] === 'error' ? rest : expect;
}

const wrapped: Readonly<Record<string, Json>> = {
	namespaces: {apiVersion: 'v1', kind: 'Namespace'},
	secrets: {apiVersion: 'v1', kind: 'Secret'},
	services: {apiVersion: 'v1', kind: 'Service'},
};

/** Namespaces and Secrets stand in the cases as bare metadata. JSON is YAML. */
function yamlOf(given: GatewayVector['given']): string {
	return Object.entries(given)
		.flatMap(([kind, objects]) => objects.map((object) => JSON.stringify(objectOf(kind, object))))
		.join('\n---\n');
}

function objectOf(kind: string, object: Json): Json {
	const base = {...wrapped[kind], ...object};
	if (object['metadata']) {
		return base;
	}

	const {name, namespace, labels, ...rest} = object;
	return {...wrapped[kind], ...rest, metadata: {name, namespace, labels}};
}

/** `namespace/name` of a case. */
function namesOf(value: unknown): {readonly namespace: string; readonly name: string} {
	const [namespace = '', name = ''] = String(value).split('/');
	return {namespace, name};
}

function answer(snapshot: Snapshot, {when}: GatewayVector): Json | string {
	switch (when['query']) {
		case undefined:
			return request(snapshot, when);
		case 'routeStatus':
			return routeStatus(snapshot, when);
		case 'gatewayStatus':
			return gatewayStatus(snapshot, when['gateway']);
		default:
			return `unknown query ${String(when['query'])}`;
	}
}

function request(snapshot: Snapshot, when: Json): Json | string {
	const {namespace, name} = namesOf(when['gateway']);
	const gateway = snapshot.get('Gateway', namespace, name);
	if (!gateway) {
		return `no Gateway ${namespace}/${name}`;
	}

	const requested = requestOf(when);
	const {sni} = when['request'] as {readonly sni?: string | null};
	const {winner} = selectRule({
		gateway,
		attachments: attachmentsTo(snapshot, gateway),
		port: requested.port,
		request: requested,
		profile: specProfile,
		serverName: sni ?? undefined,
	});
	if (!winner) {
		return {outcome: 'error', status: 404, reason: 'no-match'};
	}

	const outcomeBy = (filters: readonly RouteFilter[]): Outcome =>
		outcomeOf(
			snapshot,
			{...winner, rule: {...winner.rule, filters}},
			{request: requested, profile: specProfile},
		);
	// The filters of a backendRef come after those of the rule.
	const {filters} = winner.rule;
	return outcomeShape(outcomeBy(filters), ({ref}) => {
		const outcome = outcomeBy([...filters, ...ref.filters]);
		return outcome.type === 'backends' ? outcome.sent : undefined;
	});
}

type AskedRequest = {
	readonly method?: string;
	readonly scheme?: 'http' | 'https';
	readonly host?: string | null;
	readonly path?: string;
	readonly headers?: Readonly<Record<string, string | readonly string[]>>;
};

function requestOf(when: Json): HttpRequest {
	const requested = when['request'] as AskedRequest;
	const scheme = requested.scheme ?? (when['port'] === 443 ? 'https' : 'http');
	const [urlPath = '/', ...query] = (requested.path ?? '/').split('?');
	return {
		scheme,
		host: plainHost(requested.host ?? ''),
		port: Number(when['port'] ?? (scheme === 'https' ? 443 : 80)),
		urlPath: urlPath || '/',
		method: requested.method ?? 'GET',
		headers: Object.entries(requested.headers ?? {}).flatMap(([name, values]) =>
			[values].flat().map((value) => ({name, value})),
		),
		query: [...new URLSearchParams(query.join('?'))].map(([name, value]) => ({name, value})),
	};
}

function outcomeShape(outcome: Outcome, sent: (backend: Backend) => SentRequest | undefined): Json {
	if (outcome.type === 'redirect') {
		const {statusCode, scheme, host, port, urlPath} = outcome.redirect;
		return {
			outcome: 'redirect',
			status: statusCode,
			redirect: {scheme, host, port: port === undefined ? undefined : String(port), path: urlPath},
		};
	}

	const backends = outcome.type === 'backends' ? outcome.backends : [];
	// The vectors are about the specification alone: a kind that it does not name is invalid.
	const valid = backends.filter((backend) => !isInvalid(backend) && backend.result.state !== 'unknown-kind');
	const errorShare = backends
		.filter((backend) => !valid.includes(backend))
		.reduce((sum, {share}) => sum + share, 0);
	const served = valid.filter(({share}) => share > 0);
	if (served.length === 0) {
		return {outcome: 'error', status: 500, reason: 'invalid-or-missing-backend'};
	}

	const [first] = served;
	const distribution = {
		distribution: Object.fromEntries(valid.map(({ref, share}) => [ref.name, share])),
		errorShare: {500: errorShare},
	};
	return served.length === 1 && errorShare === 0
		? {
				outcome: valid.length > 1 ? either('backend', 'weighted') : 'backend',
				status: 200,
				backend: {namespace: first!.namespace, name: first!.ref.name},
				requestAtBackend: sentShape(sent(first!)!),
				...distribution,
			}
		: {outcome: 'weighted', status: 200, ...distribution};
}

/** All of the weight on one backend may be told as that backend, or as its distribution. */
function either(...words: readonly string[]): unknown {
	return {either: words};
}

function sentShape({host, urlPath, headers}: SentRequest): Json {
	return {
		host,
		path: urlPath,
		headers: Object.fromEntries(headers.map(({name, value}) => [name, value])),
	};
}

function routeStatus(snapshot: Snapshot, when: Json): Json | string {
	const {namespace, name} = namesOf(when['route']);
	const route = snapshot.get('HTTPRoute', namespace, name);
	const parent = namesOf(when['parent']);
	const attachment = route
		? attachments(snapshot, route).find(
				(item) => item.parent.name === parent.name && item.parent.namespace === parent.namespace,
			)
		: undefined;
	return attachment
		? {
				routeConditions: routeConditions(snapshot, attachment),
				attachedRoutes: Object.fromEntries(
					listenersOf(snapshot, when['parent']).map((item) => [item.name, item.attachedRoutes]),
				),
			}
		: 'no such route or parent';
}

function gatewayStatus(snapshot: Snapshot, gateway: unknown): Json {
	const listeners = listenersOf(snapshot, gateway);
	return {listeners, gatewayConditions: predictGateway(listeners)};
}

function listenersOf(snapshot: Snapshot, requested: unknown) {
	const {namespace, name} = namesOf(requested);
	const gateway = snapshot.get('Gateway', namespace, name);
	const all = gateway ? attachmentsTo(snapshot, gateway) : [];
	return (gateway?.listeners ?? []).map((listener) =>
		predictListener(snapshot, {gateway: gateway!, listener, attachments: all}),
	);
}

/** What a case leaves out is not asserted; `pods` (which pods answered) and `reason` of errors are the test's own. */
function isSubset(expected: unknown, got: unknown, key = ''): boolean {
	if (key === 'pods') {
		return true;
	}

	const words = key === 'outcome' ? (got as {readonly either?: readonly unknown[]}).either : undefined;
	if (words) {
		return words.includes(expected);
	}

	if (Array.isArray(expected)) {
		return Array.isArray(got) && sameItems(expected, got, key);
	}

	if (typeof expected === 'object' && expected !== null) {
		return (
			typeof got === 'object' &&
			got !== null &&
			Object.entries(expected).every(([name, value]) =>
				name === 'absentHeaders'
					? absent(value as readonly string[], got)
					: isSubset(value, key === 'headers' ? header(got as Json, name) : (got as Json)[name], name),
			)
		);
	}

	return typeof expected === 'number' && typeof got === 'number'
		? Math.abs(expected - got) < 1e-9
		: expected === got;
}

/** Header names ignore case. */
function header(got: Json, name: string): unknown {
	return Object.entries(got).find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
}

function absent(names: readonly string[], got: object): boolean {
	const headers = Object.keys((got as {readonly headers?: Json}).headers ?? {});
	return names.every((name) => !headers.some((header) => header.toLowerCase() === name.toLowerCase()));
}

/**
Conditions by type, listeners by name. Kinds: upstream's check wants at least the expected ones, and none where it expects none
(conformance/utils/kubernetes listenersMatch).
*/
function sameItems(expected: readonly unknown[], got: readonly unknown[], key: string): boolean {
	if (key === 'supportedKinds') {
		return expected.length === 0 ? got.length === 0 : expected.every((kind) => got.includes(kind));
	}

	return expected.every((item) => got.some((other) => isSubset(item, other)));
}

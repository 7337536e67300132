import type {
	BackendRef,
	Route,
	RouteKind,
	RouteMatch,
	RouteRule,
	ValueMatch,
} from '../../model/routes/gateway.ts';
import {projectParentRef} from './gateway.ts';
import {projectConditions, projectMeta} from '../meta.ts';
import {projectFilter} from './route-filter.ts';
import {
	list,
	number,
	oneOf,
	optionalNumber,
	optionalRecord,
	optionalText,
	optionalVerbatim,
	record,
	records,
	text,
	texts,
	type Wire,
	verbatim,
} from '../wire.ts';

/** Any of the five route kinds. */
export function projectRoute(routeKind: RouteKind, wire: Wire): Route {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		routeKind,
		hostnames: texts(spec['hostnames']),
		parentRefs: list(spec['parentRefs']).map(projectParentRef),
		rules: records(spec['rules']).map((item) => projectRule(routeKind, item)),
		parents: records(record(wire['status'])['parents']).map((parent) => ({
			parentRef: projectParentRef(parent['parentRef']),
			controllerName: text(parent['controllerName']),
			conditions: projectConditions(parent['conditions']),
		})),
	};
}

function projectRule(routeKind: RouteKind, rule: Wire): RouteRule {
	const timeouts = optionalRecord(rule['timeouts']);
	return {
		name: optionalText(rule['name']),
		matches: records(rule['matches']).map((item) => projectMatch(routeKind, item)),
		filters: records(rule['filters']).map(projectFilter),
		backendRefs: records(rule['backendRefs']).map(projectBackendRef),
		timeouts: timeouts && {
			request: optionalText(timeouts['request']),
			backendRequest: optionalText(timeouts['backendRequest']),
		},
	};
}

function projectBackendRef(ref: Wire): BackendRef {
	return {
		group: text(ref['group']),
		kind: optionalText(ref['kind']) ?? 'Service',
		namespace: optionalText(ref['namespace']),
		name: text(ref['name']),
		port: optionalNumber(ref['port']),
		weight: number(ref['weight'], 1),
		filters: records(ref['filters']).map(projectFilter),
	};
}

function projectMatch(routeKind: RouteKind, match: Wire): RouteMatch {
	const headers = list(match['headers']).map(projectValueMatch);
	if (routeKind === 'GRPCRoute') {
		const method = optionalRecord(match['method']);
		return {
			headers,
			query: [],
			grpc: method && {
				type: oneOf(method['type'], ['Exact', 'RegularExpression'], 'Exact'),
				service: optionalText(method['service']),
				method: optionalText(method['method']),
			},
		};
	}

	const path = optionalRecord(match['path']);
	return {
		path: path && {
			type: oneOf(path['type'], ['Exact', 'PathPrefix', 'RegularExpression'], 'PathPrefix'),
			value: optionalVerbatim(path['value']) ?? '/',
		},
		method: optionalText(match['method']),
		headers,
		query: list(match['queryParams']).map(projectValueMatch),
	};
}

function projectValueMatch(value: unknown): ValueMatch {
	const match = record(value);
	return {
		type: oneOf(match['type'], ['Exact', 'RegularExpression'], 'Exact'),
		name: text(match['name']),
		value: verbatim(match['value']),
	};
}

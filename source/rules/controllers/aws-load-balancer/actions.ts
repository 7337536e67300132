import type {Ingress} from '../../../model/routes/ingress.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {RouteDecision, RuleRef} from '../../ingress/decision.ts';
import {fieldsOf, type Fields} from './fields.ts';

const prefix = 'alb.ingress.kubernetes.io/';

/** The action that a backend with port `use-annotation` names. `unreadable`: no such annotation, or no JSON. */
type Action =
	| {readonly type: 'redirect'; readonly to: Fields}
	| {readonly type: 'fixed-response'; readonly name: string; readonly status: number}
	| {readonly type: 'forward'; readonly targets: readonly Target[]}
	| {readonly type: 'unreadable'; readonly name: string};

type Target = {readonly service: string; readonly port: string | number; readonly weight: number};

/** Undefined: the backend is a Service. */
export function actionOf({ingress, backend}: Pick<RuleRef, 'ingress' | 'backend'>): Action | undefined {
	if (backend.type !== 'service' || backend.port.name !== 'use-annotation') {
		return undefined;
	}

	const fields = parsed(ingress, backend.name);
	switch (fields?.['type']) {
		case 'redirect':
			return {type: 'redirect', to: fieldsOf(fields['redirectConfig'])};
		case 'fixed-response':
			return {
				type: 'fixed-response',
				name: backend.name,
				status: Number(fieldsOf(fields['fixedResponseConfig'])['statusCode']),
			};
		case 'forward':
			return {type: 'forward', targets: targetsOf(fields)};
		default:
			return {type: 'unreadable', name: backend.name};
	}
}

function parsed({annotations}: Ingress, name: string): Fields | undefined {
	try {
		return fieldsOf(JSON.parse(annotations[`${prefix}actions.${name}`] ?? ''));
	} catch {
		return undefined;
	}
}

function targetsOf(action: Fields): readonly Target[] {
	const listed = fieldsOf(action['forwardConfig'])['targetGroups'];
	const groups = Array.isArray(listed) ? listed : [action];
	return groups.map(fieldsOf).flatMap(({serviceName, servicePort, weight}) =>
		typeof serviceName === 'string'
			? [
					{
						service: serviceName,
						port: typeof servicePort === 'number' ? servicePort : textOf(servicePort, ''),
						weight: typeof weight === 'number' ? weight : 1,
					},
				]
			: [],
	);
}

/** omitInfiniteRedirectRules: protocol, port, host, path and query stay as they are. */
export function isOmitted(rule: RuleRef, {scheme, port}: HttpRequest): boolean {
	const action = actionOf(rule);
	if (action?.type !== 'redirect') {
		return false;
	}

	const {to} = action;
	const sameScheme = isKept(to['protocol'], '#{protocol}') || to['protocol'] === scheme.toUpperCase();
	const samePort = isKept(to['port'], '#{port}') || textOf(to['port'], '') === String(port);
	return (
		sameScheme &&
		samePort &&
		isKept(to['host'], '#{host}') &&
		isKept(to['path'], '/#{path}') &&
		isKept(to['query'], '#{query}')
	);
}

function isKept(value: unknown, own: string): boolean {
	return value === undefined || value === own;
}

function textOf(value: unknown, preset: string): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : preset;
}

/** What the load balancer does by itself, or which Services it forwards to. */
export function outcomeOf(rule: RuleRef, action: Action, request: HttpRequest): Partial<RouteDecision> {
	switch (action.type) {
		case 'redirect':
			return {status: undefined, redirect: redirectOf(action.to, request), backends: []};
		case 'fixed-response':
			return {
				status: action.status,
				backends: [],
				setBy: `${prefix}actions.${action.name}`,
				namesNoService: true,
			};
		case 'forward':
			return forwardTo(rule, action.targets);
		case 'unreadable':
			return {
				backends: [],
				assumption: `action ${action.name}: annotation ${prefix}actions.${action.name} could not be read`,
			};
	}
}

function redirectOf(to: Fields, request: HttpRequest): RouteDecision['redirect'] {
	const filled = (field: string, own: string): string =>
		textOf(to[field], own)
			.replaceAll('#{protocol}', request.scheme)
			.replaceAll('#{host}', request.host)
			.replaceAll('#{port}', String(request.port))
			.replaceAll('#{path}', request.urlPath.slice(1))
			.replaceAll('#{query}', '');
	const scheme = filled('protocol', '#{protocol}').toLowerCase();
	const host = filled('host', '#{host}');
	const port = filled('port', '#{port}');
	const usual = port === (scheme === 'https' ? '443' : '80') ? '' : `:${port}`;
	const status = Number(/\d+/u.exec(textOf(to['statusCode'], ''))?.[0] ?? 301);
	return {scheme, host, status, location: `${scheme}://${host}${usual}${filled('path', '/#{path}')}`};
}

function forwardTo(rule: RuleRef, targets: readonly Target[]): Partial<RouteDecision> {
	const sum = targets.reduce((total, {weight}) => total + weight, 0);
	const backends = targets.map(({service, port, weight}) => ({
		rule: {
			...rule,
			backend: {
				type: 'service' as const,
				name: service,
				port: /^\d+$/u.test(String(port)) ? {number: Number(port)} : {name: String(port)},
			},
		},
		weight,
		share: sum === 0 ? 0 : weight / sum,
	}));
	return targets.length === 0
		? {backends: [], assumption: 'a forward to target groups that are not in the cluster'}
		: {backends};
}

import type {AttachedPolicy, PolicyGate, PolicyTarget} from '../../model/policies/attached-policy.ts';
import {groupOf} from '../../model/kinds.ts';
import {projectConditions, projectMeta} from '../meta.ts';
import {targetRefsOf} from './target-refs.ts';
import {
	list,
	number,
	optionalNumber,
	optionalRecord,
	optionalText,
	record,
	records,
	text,
	textMap,
	type Wire,
} from '../wire.ts';

/** Whether an object of an unknown kind attaches to others (GEP-713). */
export function isAttachedPolicy(wire: Wire): boolean {
	const spec = record(wire['spec']);
	return targetsOf(spec).some(({kind}) => kind !== '') && record(wire['metadata'])['name'] !== undefined;
}

export function projectAttachedPolicy(wire: Wire): AttachedPolicy {
	const meta = projectMeta(wire);
	const policyKind = text(wire['kind']);
	const status = record(wire['status']);
	const ancestors = records(status['ancestors']).map((ancestor) => ({
		ref: projectRef(optionalRecord(ancestor['ancestorRef'])),
		controllerName: optionalText(ancestor['controllerName']),
		conditions: projectConditions(ancestor['conditions']),
	}));
	const group = groupOf(text(wire['apiVersion']));
	const spec = record(wire['spec']);
	const own = projectConditions(status['conditions']);
	return {
		...meta,
		name: `${policyKind}/${meta.name}`,
		ownName: meta.name,
		policyKind,
		group,
		targets: targetsOf(spec),
		gate:
			group === 'gateway.envoyproxy.io' && policyKind !== 'ClientTrafficPolicy' ? gateOf(spec) : undefined,
		proxyProtocol: policyKind === 'ClientTrafficPolicy' ? proxyProtocolOf(spec) : undefined,
		failsOpen: record(spec['extAuth'])['failOpen'] === true || extensionsFailOpen(spec) || undefined,
		ancestors: own.length > 0 ? [...ancestors, {conditions: own}] : ancestors,
	};
}

/** translateEnvoyExtensionPolicyForRoute: what cannot be built is left out where all that may fail so fails open; Lua never does. */
function extensionsFailOpen(spec: Wire): boolean {
	const parts = [...list(spec['extProc']), ...list(spec['wasm'])].map(record);
	return parts.length > 0 && list(spec['lua']).length === 0 && parts.every(({failOpen}) => failOpen === true);
}

/** Envoy Gateway's SecurityPolicy, BackendTrafficPolicy and EnvoyExtensionPolicy (api/v1alpha1 of 1.9; answers seen on 1.9.1). */
function gateOf(spec: Wire): PolicyGate | undefined {
	const abort = optionalRecord(record(spec['faultInjection'])['abort']);
	if (abort) {
		const status = optionalNumber(abort['httpStatus']);
		const isAll = (optionalNumber(abort['percentage']) ?? 100) >= 100;
		return {field: 'faultInjection.abort', status: isAll ? status : undefined};
	}

	const field = ['jwt', 'apiKeyAuth', 'basicAuth', 'oidc', 'extAuth'].find(
		(name) => spec[name] !== undefined && record(spec[name])['optional'] !== true,
	);
	return (
		authorizationOf(optionalRecord(spec['authorization'])) ??
		luaOf(records(spec['lua'])) ??
		rateLimitOf(record(spec['rateLimit'])) ??
		(field === undefined
			? proxyHeaderOf(spec)
			: field === 'extAuth'
				? {field, asks: askedBy(record(spec[field])), whenSilent: whenSilentOf(record(spec[field]))}
				: {field, asksCredentials: true})
	);
}

/**
`extAuth` asks over HTTP or gRPC; `backendRef` is the older form of `backendRefs`, and counts where there are none. One without weight
is not asked (ext_service.go). What is no Service may always answer.
*/
function askedBy(extAuth: Wire): NonNullable<PolicyGate['asks']> {
	const {backendRefs, backendRef} = record(extAuth['http'] ?? extAuth['grpc']);
	const listed = records(backendRefs);
	const asked = (listed.length > 0 ? listed : [record(backendRef)]).filter(({weight}) => weight !== 0);
	return asked.every(({name, kind}) => name !== undefined && (kind ?? 'Service') === 'Service')
		? asked.map((ref) => ({
				namespace: optionalText(ref['namespace']),
				name: text(ref['name']),
				port: number(ref['port']),
			}))
		: [];
}

/** Envoy's ext_authz, status_on_error: 403 by default. */
function whenSilentOf({statusOnError}: Wire): number {
	return optionalNumber(statusOnError) ?? 403;
}

/** A script answers by `respond` alone (Envoy, Lua filter, Stream handle API); that of a ConfigMap is not read. */
function luaOf(scripts: readonly Wire[]): PolicyGate | undefined {
	const mayAnswer = scripts.some(({inline}) => typeof inline !== 'string' || /\brespond\b/u.test(inline));
	return mayAnswer ? {field: 'lua'} : undefined;
}

/** A limit of 0 for every client: 429 to every request (seen on 1.9.1). */
function rateLimitOf(limit: Wire): PolicyGate | undefined {
	const rules = list(record(limit['local'])['rules']).map((each) => record(each));
	const isShut = rules.some(
		(rule) =>
			list(rule['clientSelectors']).length === 0 && optionalNumber(record(rule['limit'])['requests']) === 0,
	);
	return isShut ? {field: 'rateLimit.local', status: 429} : undefined;
}

/** A backend that does not know the PROXY protocol answers 400 (seen on 1.9.1). */
function proxyHeaderOf(spec: Wire): PolicyGate | undefined {
	return spec['proxyProtocol'] === undefined ? undefined : {field: 'proxyProtocol', isForBackend: true};
}

/** `proxyProtocol` goes before the older field (gateway.envoyproxy.io/v1alpha1 of 1.6, ClientTrafficPolicySpec). */
function proxyProtocolOf(spec: Wire): AttachedPolicy['proxyProtocol'] {
	const settings = optionalRecord(spec['proxyProtocol']);
	return settings
		? {
				field: 'proxyProtocol',
				isRequired: settings['optional'] !== true,
				value: settings['optional'] === true ? 'optional' : 'required',
			}
		: spec['enableProxyProtocol'] === true
			? {field: 'enableProxyProtocol', isRequired: true, value: 'true'}
			: undefined;
}

/** The default of `defaultAction` is Deny: what no rule allows is denied. */
function authorizationOf(authorization: Wire | undefined): PolicyGate | undefined {
	const rules = list(authorization?.['rules']).map((each) => record(each));
	const denies = text(authorization?.['defaultAction']) !== 'Allow';
	const admitsAll = !authorization || (!denies && rules.every((each) => text(each['action']) !== 'Deny'));
	return admitsAll
		? undefined
		: {field: 'authorization', status: denies && rules.length === 0 ? 403 : undefined};
}

function targetsOf(spec: Wire): readonly PolicyTarget[] {
	return [
		...targetRefsOf(spec).map((ref) => ({
			kind: text(ref['kind']),
			name: text(ref['name']),
			sectionName: optionalText(ref['sectionName']),
		})),
		...records(spec['targetSelectors']).map((selector) => {
			return {kind: text(selector['kind']), matchLabels: textMap(selector['matchLabels'])};
		}),
	];
}

function projectRef(ref: Wire | undefined): AttachedPolicy['ancestors'][number]['ref'] {
	return (
		ref && {
			kind: optionalText(ref['kind']) ?? 'Gateway',
			namespace: optionalText(ref['namespace']),
			name: text(ref['name']),
		}
	);
}

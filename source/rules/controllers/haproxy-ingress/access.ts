import type {Ingress} from '../../../model/routes/ingress.ts';
import type {Service} from '../../../model/services/service.ts';
import {askedBy} from '../../credentials.ts';
import type {RouteDecision, RouteInput, RuleRef} from '../../ingress/decision.ts';
import {admittedBy} from '../../source-lists.ts';
import {saidAtFirst, saidOfBackend, saidOfPath, type Said} from './backends.ts';
import {saidOfHost} from './hosts.ts';
import {annotationName} from './annotations.ts';

/** What stands before the backend of a rule: an answer of HAProxy's own, or what is not known of it. */
type Guard = Pick<RouteDecision, 'status' | 'setBy' | 'setOn' | 'asked' | 'sources' | 'assumption'>;

/** In the order of haproxy.tmpl: lists of sources, another service that is asked, lines of one's own. A password goes beside them. */
export function guardOf(rule: RuleRef, input: RouteInput): Guard | undefined {
	const sources = bySources(rule, input);
	const guard = sources?.status === undefined ? {...sources, ...otherGuard(rule, input)} : sources;
	const secret = given(saidOfPath(input, rule, 'auth-secret'))?.value;
	const asked = secret === undefined ? undefined : askedBy('annotation auth-secret', rule.ingress, secret);
	return asked ? {...guard, asked} : Object.keys(guard).length > 0 ? guard : undefined;
}

function otherGuard(rule: RuleRef, input: RouteInput): Guard | undefined {
	return (
		byQuestion(rule, input) ??
		byLines(rule, input) ??
		byProtocol(rule, input) ??
		byWeight(rule, input) ??
		byClient(rule, input)
	);
}

function bySources(rule: RuleRef, input: RouteInput): Guard | undefined {
	const [denied, allowed] = [
		saidOfPath(input, rule, 'denylist-source-range'),
		given(saidOfPath(input, rule, 'allowlist-source-range')) ??
			saidOfPath(input, rule, 'whitelist-source-range'),
	];
	const lists = {
		denied: denied?.value ?? input.settings['denylist-source-range'],
		allowed:
			allowed?.value ?? input.settings['allowlist-source-range'] ?? input.settings['whitelist-source-range'],
	};
	const admitted = admittedBy(lists);
	const said = allowed ?? denied;
	return admitted === 'everybody'
		? undefined
		: admitted === 'nobody'
			? answered(403, denied ?? allowed, 'denylist-source-range')
			: {
					sources: {
						...lists,
						by: said ? 'its lists of sources' : 'the ConfigMap',
						annotation:
							said && annotationName(said.by, allowed ? 'allowlist-source-range' : 'denylist-source-range'),
					},
				};
}

/** buildBackendAuthExternal and buildBackendOAuth: what cannot be read is denied to all. */
function byQuestion(rule: RuleRef, input: RouteInput): Guard | undefined {
	const url = given(saidOfPath(input, rule, 'auth-url'));
	if (url) {
		return /^https?:\/\/[^/]|^(?:service|svc):\/\/(?:[^/:]+\/)?[^/:]+:\d/u.test(url.value)
			? undefined
			: answered(403, url, 'auth-url');
	}

	// It stands back where any path of the backend has an auth-url.
	const oauth = given(saidOfBackend(input, rule, 'auth-url')) ? undefined : saidOfPath(input, rule, 'oauth');
	return oauth && !(/^oauth2[_\-]proxy$/v.test(oauth.value) && hasPrefix(rule, input))
		? answered(403, oauth, 'oauth')
		: undefined;
}

/** findBackend: any path of the namespace that is the prefix of oauth2-proxy. */
function hasPrefix(rule: RuleRef, input: RouteInput): boolean {
	const prefix = withoutSlash(saidOfPath(input, rule, 'oauth-uri-prefix')?.value ?? '/oauth2');
	return input.ingresses.some(
		({namespace, rules}) =>
			namespace === rule.ingress.namespace &&
			rules.some(({paths}) => paths.some(({path}) => withoutSlash(path || '/') === prefix)),
	);
}

function withoutSlash(path: string): string {
	return path.replace(/\/+$/u, '');
}

/** `config-backend`: lines of HAProxy's own language. One that answers every request is read, others that may answer are not. */
function byLines(rule: RuleRef, input: RouteInput): Guard | undefined {
	const said = saidOfBackend(input, rule, 'config-backend');
	const first = (said?.value ?? '').split('; ').find((line) => line !== '' && !harmless.test(line));
	if (first === undefined) {
		return undefined;
	}

	const denied = /^http-request deny(?: deny_status (?<status>\d+))?$/u.exec(first);
	return denied
		? answered(Number(denied.groups?.['status'] ?? 403), said, 'config-backend')
		: {assumption: `annotation config-backend has a line "${first}"`};
}

/** Lines that change a request and answer none. */
const harmless = /^http-request (?:(?:set|add|del|replace)-header|set-(?:var|log-level)|capture|track-sc\d)/u;

function byProtocol(rule: RuleRef, input: RouteInput): Guard | undefined {
	const {value} = saidOfBackend(input, rule, 'proxy-protocol') ?? {value: ''};
	return /^v(?:1|2|2-ssl|2-ssl-cn)$/u.test(value)
		? {assumption: 'annotation proxy-protocol: the port must take a PROXY header'}
		: undefined;
}

/** Servers of weight 0 get no request. */
function byWeight(rule: RuleRef, input: RouteInput): Guard | undefined {
	const balance = 'blue-green-balance';
	const name = given(saidOfBackend(input, rule, balance)) ? balance : 'blue-green-deploy';
	const said = given(saidOfBackend(input, rule, name));
	const weights = said && weightsOf(said.value);
	if (weights) {
		return weighsAny(
			weights.filter(({weight}) => weight > 0),
			rule,
			input,
		)
			? undefined
			: answered(503, said, name);
	}

	// What is no number counts as 0. It is read with the path that makes the backend.
	const initial = saidAtFirst(input, rule, 'initial-weight');
	return initial && !/^\+?0*[1-9]\d*$/u.test(initial.value)
		? answered(503, initial, 'initial-weight')
		: undefined;
}

type Weight = {readonly label: string; readonly value: string; readonly weight: number};

/** A pod without any of the labels gets weight 0 (buildBackendBlueGreenBalance; seen on 0.14.0: 503). */
function weighsAny(weights: readonly Weight[], {ingress, backend}: RuleRef, input: RouteInput): boolean {
	const state = input.backendState(ingress, backend);
	const service = state.type === 'ready' ? state.service : undefined;
	const pods = service && input.podLabelsOf?.(service);
	// Of a Service without pods that is said elsewhere.
	return pods === undefined || pods.length === 0
		? weights.length > 0
		: pods.some((labels) => weights.some(({label, value}) => labels[label] === value));
}

/** `LABEL=VALUE=WEIGHT,…` (buildBackendBlueGreenBalance); undefined where one cannot be read, and the annotation has no effect. */
function weightsOf(text: string): readonly Weight[] | undefined {
	const parts = text.split(',').map((each) => each.split('='));
	return parts.every((part) => part.length === 3 && /^[+\-]?\d+$/v.test(part[2] ?? ''))
		? parts.map(([label = '', value = '', weight]) => ({label, value, weight: Number(weight)}))
		: undefined;
}

function byClient(rule: RuleRef, {ingresses, request}: RouteInput): Guard | undefined {
	if (request.scheme !== 'https') {
		return undefined;
	}

	if (saidOfHost(ingresses, rule.host, 'auth-tls-secret')) {
		return {assumption: 'annotation auth-tls-secret asks for the certificate of the client'};
	}

	return undefined;
}

function given(said: Said | undefined): Said | undefined {
	return said && said.value !== '' ? said : undefined;
}

function answered(status: number, said: Said | undefined, name: string): Guard {
	return {
		status,
		setBy: annotationName(said?.by ?? {annotations: {}}, name),
		setOn: said && isService(said.by) ? said.by : undefined,
	};
}

function isService(object: Ingress | Service): object is Service {
	return 'clusterIPs' in object;
}

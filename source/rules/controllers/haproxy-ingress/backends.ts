import type {Ingress} from '../../../model/routes/ingress.ts';
import type {Service} from '../../../model/services/service.ts';
import {memoize} from '../../memoize.ts';
import type {RouteInput, RuleRef} from '../../ingress/decision.ts';
import {defaultRule, oldestFirst, rulesOf} from '../../ingress/rules.ts';
import {sameRule} from '../../ingress/same-rule.ts';
import {annotationOf, isTcpService} from './annotations.ts';
import {matchOf} from './paths.ts';
import {servicePort} from './ports.ts';

export type Known = Pick<RouteInput, 'ingresses' | 'backendState'>;

/** What an annotation says, and of which object. */
export type Said = {readonly value: string; readonly by: Ingress | Service};

/**
What annotations say of the backend of a rule, which is a Service and a target port. First the Service's own annotation, then that of
the oldest Ingress path to the same Service and port, whatever its host (addBackendWithClass; Mapper.Get).
*/
export function saidOfBackend(known: Known, rule: RuleRef, name: string): Said | undefined {
	const service = serviceOf(known, rule);
	if (!service) {
		return saidBy(rule.ingress, name);
	}

	const own = annotationOf(service, name);
	if (own !== undefined) {
		return {value: own, by: service};
	}

	const first = pathsTo(known, rule, service).find(
		(each) => annotationOf(each.ingress, name) !== undefined && isUsed(known, each),
	);
	return first && saidBy(first.ingress, name);
}

/** What is read of a backend where it is made: of the Service, else of the first path that leads to it. */
export function saidAtFirst(known: Known, rule: RuleRef, name: string): Said | undefined {
	const service = serviceOf(known, rule);
	const own = service && annotationOf(service, name);
	if (service && own !== undefined) {
		return {value: own, by: service};
	}

	const first = service && pathsTo(known, rule, service).find((each) => isUsed(known, each));
	return saidBy((first ?? rule).ingress, name);
}

/** Whether other paths lead to the backend of a rule. */
export function isShared(known: Known, rule: RuleRef): boolean {
	const service = serviceOf(known, rule);
	return service !== undefined && pathsTo(known, rule, service).length > 1;
}

/**
What annotations say of the path of a rule: its Ingress's, and before them those of the Service, which are those of the first path that
leads to it (KeyConfig.Get). `isValid`: others are passed over.
*/
export function saidOfPath(
	known: Known,
	rule: RuleRef,
	name: string,
	isValid: (value: string) => boolean = () => true,
): Said | undefined {
	const service = serviceOf(known, rule);
	const own = service && annotationOf(service, name);
	const isOwn = service && own !== undefined && isValid(own) && isFirst(known, rule, service);
	const said = saidBy(rule.ingress, name);
	return isOwn ? {value: own, by: service} : said && isValid(said.value) ? said : undefined;
}

function saidBy(ingress: Ingress, name: string): Said | undefined {
	const value = annotationOf(ingress, name);
	return value === undefined ? undefined : {value, by: ingress};
}

function isFirst(known: Known, rule: RuleRef, service: Service): boolean {
	return sameRule(
		pathsTo(known, rule, service).find((each) => isUsed(known, each)),
		rule,
	);
}

/** Whether a path is part of the configuration: an older rule with the same path and type of one host goes before it. */
export function isUsed(known: Known, rule: RuleRef): boolean {
	const same = byPath(known.ingresses).get(pathKey(rule)) ?? [];
	return sameRule(
		same.find((each) => redirectOf(each) !== undefined || serviceOf(known, each) !== undefined),
		rule,
	);
}

/** `redirect-to` stands in place of a backend. */
export function redirectOf({ingress, path}: RuleRef): string | undefined {
	return path === undefined ? undefined : annotationOf(ingress, 'redirect-to') || undefined;
}

/** Undefined: it does not exist, lacks the port, or is not known. */
function serviceOf({backendState}: Known, {ingress, backend}: RuleRef): Service | undefined {
	const state = backendState(ingress, backend);
	return state.type === 'ready' || state.type === 'external-name' ? state.service : undefined;
}

/** The paths to one Service and target port, oldest first. */
function pathsTo({ingresses}: Known, rule: RuleRef, service: Service): readonly RuleRef[] {
	const target = targetOf(rule, service);
	return (byService(ingresses).get(serviceKey(rule)) ?? []).filter(
		(each) => redirectOf(each) === undefined && targetOf(each, service) === target,
	);
}

function targetOf({backend}: RuleRef, service: Service): string | undefined {
	return backend.type === 'service' ? String(servicePort(service, backend.port)?.targetPort) : undefined;
}

const all = memoize((ingresses: readonly Ingress[]): readonly RuleRef[] =>
	oldestFirst(ingresses)
		.filter((ingress) => !isTcpService(ingress))
		.flatMap((ingress) => [...[defaultRule(ingress) ?? []].flat(), ...rulesOf(ingress)]),
);

const byService = memoize((ingresses: readonly Ingress[]) => Map.groupBy(all(ingresses), serviceKey));
const byPath = memoize((ingresses: readonly Ingress[]) => Map.groupBy(all(ingresses), pathKey));

function serviceKey({ingress, backend}: RuleRef): string {
	return backend.type === 'service' ? `${ingress.namespace}/${backend.name}` : '';
}

/** The default backend is the path `/` of no host, matched as a prefix of the text (addDefaultHostBackend). */
function pathKey(rule: RuleRef): string {
	const match = rule.path === undefined ? 'begin' : matchOf(rule);
	return JSON.stringify([rule.host, match, rule.value || '/']);
}

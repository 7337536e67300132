import type {Ingress} from '../../../model/routes/ingress.ts';
import {isAlias} from '../../../rules/controllers/other-hosts.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {memoize} from '../../../rules/memoize.ts';
import type {HopContext} from '../../hop-evaluator.ts';
import type {UrlTarget} from '../../target.ts';
import type {Focus} from './only-route.ts';
import type {Frontend} from './frontend.ts';
import type {HostFit} from '../../../rules/host-match.ts';
import {fittingBeside, fittingFor, namedFitting, namedFit} from './fitting-ingresses.ts';
import {isUnserved} from './unserved-rivals.ts';
import {byClass, byController, workloadText, type Served} from './served-ingresses.ts';
import {frontend} from './ingress-frontend.ts';

/** A frontend for every class whose Ingresses name the host. Where none does, those with a rule or backend for any host. */
export function ingressFrontends(
	hopContext: HopContext,
	target: UrlTarget,
	focus: Focus,
): readonly Frontend[] {
	const {request} = target;
	const asked = {...hopContext, request};
	const all = hopContext.snapshot.list('Ingress', focus.namespace);
	const {served, fit} = servedFor(asked, all, focus);
	const others = fit > 1 || focus.object ? [] : besideRules(asked, focus, served);
	return [
		...[...served, ...others].map((each) => frontend(asked, {...each, request, focus, fit: fit || 1})),
		...behindUnserved(asked, {all, focus, served, fit}).map((each) =>
			frontend(asked, {...each, request, focus, fit: 2}),
		),
	];
}

/** Rules that name the host exactly do not count where no controller takes them: a wildcard takes its requests. */
function behindUnserved(
	asked: HopContext & {readonly request: HttpRequest},
	{all, focus, served, fit}: Found & {readonly all: readonly Ingress[]; readonly focus: Focus},
): readonly Served[] {
	if (fit < 3 || focus.object || !served.every(isUnserved)) {
		return [];
	}

	const named = served.flatMap(({ingresses}) => ingresses);
	const wild = fittingBeside(all, asked.request.host, named);
	return wild.fit < 2 ? [] : byController(asked, byClass(asked.snapshot, wild.ingresses));
}

type Found = {readonly served: readonly Served[]; readonly fit: HostFit};

/** By the hosts of rules, and by annotations where the controller reads them. */
function servedFor(
	asked: HopContext & {readonly request: HttpRequest},
	all: readonly Ingress[],
	focus: Focus,
): Found {
	const {host} = asked.request;
	const {ingresses, fit} = fittingFor(all, host, focus);
	const served = byController(asked, byClass(asked.snapshot, ingresses));
	const own = served.filter((each) => !isForeignAlias(each, host));
	if (own.length > 0 || served.length === 0) {
		return {served: own, fit};
	}

	const named = namedFitting(all, host, focus);
	return {served: byController(asked, byClass(asked.snapshot, named.ingresses)), fit: named.fit};
}

/** Its controller reads no such annotation, and no rule of the Ingresses names the host. */
function isForeignAlias({controllerHop: {controller}, ingresses}: Served, host: string): boolean {
	const side = controller?.record.ingress;
	return (
		side !== undefined &&
		side.otherHosts === undefined &&
		ingresses.every((ingress) => isAlias(ingress, host) && namedFit(ingress, host) === 0)
	);
}

/** Those with a default backend beside rules, where it is for every host that no rule names. */
function besideRules(asked: HopContext, {namespace}: Focus, named: readonly Served[]): readonly Served[] {
	const {snapshot} = asked;
	const groups = byClass(snapshot, withDefaultBesideRules(snapshot.list('Ingress', namespace)));
	const known = new Set(named.map((each) => workloadText(each)));
	return byController(asked, groups).filter(
		(served) =>
			served.controllerHop.controller?.record.ingress?.takesUnnamedHosts === true &&
			!known.has(workloadText(served)),
	);
}

const withDefaultBesideRules = memoize((all: readonly Ingress[]) =>
	all.filter(({defaultBackend, rules}) => defaultBackend && rules.length > 0),
);

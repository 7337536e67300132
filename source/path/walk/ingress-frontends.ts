import type {Ingress, IngressClass} from '../../model/ingress.ts';
import {refOf, refText} from '../../model/ref.ts';
import type {Service} from '../../model/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import {requestedClass, type RequestedClass} from '../../rules/ingress/requested-class.ts';
import {ingressesFor} from '../../rules/ingress/ingresses-for.ts';
import {aliasedFor, isAlias} from '../../rules/controllers/other-hosts.ts';
import {ingressesOf} from '../../rules/controllers/ingresses-of.ts';
import type {HttpRequest} from '../../model/request.ts';
import {addressFields} from '../load-balancer/address-fields.ts';
import {memoize, memoizeBy} from '../../rules/memo.ts';
import {ingressControllerEvaluator} from '../controller/ingress/evaluate.ts';
import {ingressRouteEvaluator} from '../route/ingress/evaluate.ts';
import type {IngressRouteEvaluation, IngressRouteInput} from '../route/ingress/route-evaluation.ts';
import type {HopContext} from '../hop-evaluator.ts';
import type {UrlTarget} from '../target.ts';
import type {Focus} from './only-route.ts';
import type {Frontend} from './frontend.ts';
import {matchHost, type HostFit} from '../../rules/host-match.ts';
import {tlsBefore, type TlsBefore, type TlsEnd} from '../../rules/load-balancers/tls-before.ts';
import {seenBehind} from './behind-tls.ts';
import {skipped} from './skipped.ts';
import {evaluateHop} from './evaluate-hop.ts';
import type {Controller} from '../../rules/controllers/controller.ts';

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
	return [...served, ...others].map((each) => frontend(asked, {...each, request, focus, fit: fit || 1}));
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

type Fitting = {readonly ingresses: readonly Ingress[]; readonly fit: HostFit};

function fittingFor(all: readonly Ingress[], host: string, focus: Focus): Fitting {
	return focus.object
		? bestFitting(
				askingFor(all, host).filter((ingress) => isRequested(ingress, focus)),
				host,
			)
		: fittingHost(all, host);
}

function askingFor(all: readonly Ingress[], host: string): readonly Ingress[] {
	return [...new Set([...ingressesFor(all, host), ...aliasedFor(all, host)])];
}

// Every entry of a host asks for the same.
const fittingHost = memoizeBy((all: readonly Ingress[], host): Fitting =>
	bestFitting(askingFor(all, host), host),
);

function bestFitting(requested: readonly Ingress[], host: string, fitOf = anyFit): Fitting {
	const fits = requested.map((ingress) => ({ingress, fit: fitOf(ingress, host)}));
	const fit = fits.reduce<HostFit>((best, each) => (each.fit > best ? each.fit : best), 0);
	return {ingresses: fits.filter((each) => fit > 0 && each.fit === fit).map(({ingress}) => ingress), fit};
}

/** By the hosts of rules alone. */
function namedFitting(all: readonly Ingress[], host: string, focus: Focus): Fitting {
	return bestFitting(
		ingressesFor(all, host).filter((ingress) => isRequested(ingress, focus)),
		host,
		namedFit,
	);
}

type Group = {readonly requested: RequestedClass; readonly ingresses: readonly Ingress[]};

function byClass(snapshot: Snapshot, ingresses: readonly Ingress[]): readonly Group[] {
	const known = classesOf(ingresses);
	const classes = snapshot.list('IngressClass');
	if (known.from !== classes) {
		known.from = classes;
		known.groups = groupsOf(snapshot, ingresses);
	}

	return known.groups;
}

function groupsOf(snapshot: Snapshot, ingresses: readonly Ingress[]): readonly Group[] {
	const requests = ingresses.map((ingress) => ({ingress, requested: requestedClass(snapshot, ingress)}));
	return [...Map.groupBy(requests, ({requested}) => JSON.stringify(requested)).values()].map((group) => ({
		requested: group[0]!.requested,
		ingresses: group.map(({ingress}) => ingress),
	}));
}

const classesOf = memoize(
	(_fitting: readonly Ingress[]): {from?: readonly IngressClass[]; groups: readonly Group[]} => ({
		groups: [],
	}),
);

function isRequested(ingress: Ingress, {object}: Focus): boolean {
	return (
		!object ||
		(object.kind === 'Ingress' && object.namespace === ingress.namespace && object.name === ingress.name)
	);
}

function anyFit(ingress: Ingress, host: string): HostFit {
	return isAlias(ingress, host) ? 3 : namedFit(ingress, host);
}

function namedFit({defaultBackend, rules}: Ingress, host: string): HostFit {
	const ofDefault: HostFit = defaultBackend && rules.length === 0 ? 1 : 0;
	return rules.reduce<HostFit>((best, rule) => {
		const fit = matchHost(rule.host, host, {wildcard: 'one-label'});
		return fit > best ? fit : best;
	}, ofDefault);
}

type Served = Group & {readonly controllerHop: ReturnType<(typeof ingressControllerEvaluator)['evaluate']>};

/** Several classes of one controller are one: it merges the rules of a host. */
function byController(hopContext: HopContext, groups: readonly Group[]): readonly Served[] {
	const each = groups.map((group) => servedBy(hopContext, group));
	const merged = Map.groupBy(each, (served, index) => workloadText(served) || String(index));
	return [...merged.values()]
		.map(([first, ...rest]) =>
			rest.length === 0
				? first!
				: servedBy(hopContext, {
						requested: first!.requested,
						ingresses: [first!, ...rest].flatMap(({ingresses}) => ingresses),
					}),
		)
		.flatMap((served) => byLoadBalancer(hopContext, served));
}

function workloadText({controllerHop}: Served): string {
	const {workload} = controllerHop.controller ?? {};
	return workload ? refText(workload) : '';
}

/** Where Ingresses have a load balancer of their own, each is a frontend. */
function byLoadBalancer(hopContext: HopContext, served: Served): readonly Served[] {
	const loadBalancerOf = served.controllerHop.controller?.record.ingress?.loadBalancerOf;
	if (!loadBalancerOf || served.ingresses.length < 2) {
		return [served];
	}

	return [...Map.groupBy(served.ingresses, loadBalancerOf).values()].map((ingresses) =>
		servedBy(hopContext, {requested: served.requested, ingresses}),
	);
}

function servedBy(hopContext: HopContext, group: Group): Served {
	return {...group, controllerHop: evaluateHop(ingressControllerEvaluator, hopContext, group)};
}

type FrontendInput = Served & {
	readonly request: HttpRequest;
	readonly focus: Focus;
	readonly fit: HostFit;
};

function frontend(
	hopContext: HopContext,
	{request, requested, controllerHop, ingresses, focus, fit}: FrontendInput,
): Frontend {
	const {controller} = controllerHop;
	const shared = {
		name: nameOf(requested),
		hopContext,
		request,
		controllerHop,
		controller,
		ingresses,
		service: controller?.services[0] ?? serviceFor(hopContext.snapshot, controller, ingresses),
		addresses: addressesOf(ingresses),
		stated: statedBy(ingresses),
		fit,
	};
	if (!controller) {
		return {
			...shared,
			routeHop: skipped('route', 'nobody serves these rules'),
			backends: [],
		};
	}

	const input = {
		controller,
		ingresses: rulesOf(hopContext, controller, ingresses),
		focus: focus.object && {namespace: focus.object.namespace ?? '', name: focus.object.name},
	};
	const direct = evaluateHop(ingressRouteEvaluator, hopContext, input);
	const asked = {...hopContext, request};
	const plain = direct.stop === 'no-rule' ? servedPlain(asked, input) : undefined;
	const routeHop = plain?.routeHop ?? direct;
	const answeredBy = routeHop.redirect && 'the redirect';
	const redirectLoop = loopOf(asked, input);
	const {backends, rank} = routeHop;
	return {...shared, routeHop, backends, answeredBy, redirectLoop, tlsEnds: plain?.tlsEnds, rank};
}

/** Where no Service leads to its pods, the one that it made: several Ingresses of one host may have several. */
function serviceFor(
	snapshot: Snapshot,
	controller: Controller | undefined,
	ingresses: readonly Ingress[],
): Service | undefined {
	const all = ingresses.map((ingress) => controller?.record.ingress?.serviceFor?.(snapshot, ingress));
	return new Set(all).size === 1 ? all[0] : undefined;
}

type Asked = HopContext & {readonly request: HttpRequest};
type ServedPlain = {
	readonly routeHop: IngressRouteEvaluation;
	readonly tlsEnds: TlsEnd;
};

/** Behind a load balancer that ends TLS, a rule may take the request as the plain HTTP that it then is. */
function servedPlain(asked: Asked, input: IngressRouteInput): ServedPlain | undefined {
	const [service] = input.controller.services;
	const {request, tlsEnds} = seenBehind(asked, service, asked.request, true);
	const routeHop = tlsEnds && evaluateHop(ingressRouteEvaluator, {...asked, request}, input);
	// A redirect to https is a loop: KNET215 says so, of the rule that the client asked for.
	return routeHop && routeHop.stop !== 'no-rule' && !routeHop.redirect ? {routeHop, tlsEnds} : undefined;
}

function nameOf({className, annotation}: RequestedClass): string {
	const name = className ?? annotation;
	return name === undefined ? 'Ingresses without a class' : `Ingress class ${name}`;
}

/** Whether the rule would redirect the request as the controller sees it, where TLS ends before. */
function loopOf(asked: Asked, input: IngressRouteInput): TlsBefore | undefined {
	const {request, snapshot, client} = asked;
	const [service] = input.controller.services;
	const before =
		request.scheme === 'https' && client.kind === 'external' && service
			? tlsBefore(snapshot, service, request.port)
			: undefined;
	if (!before || before.trustsHeaders) {
		return undefined;
	}

	const seen: HttpRequest = {...request, scheme: 'http', port: before.plainPort};
	const {redirect} = ingressRouteEvaluator.evaluate({...asked, request: seen}, input);
	return redirect?.scheme === 'https' && redirect.host === request.host ? before : undefined;
}

// Those asked about belong, even where the controller's own choice of class cannot be read.
function rulesOf(
	hopContext: HopContext,
	controller: Controller,
	ingresses: readonly Ingress[],
): readonly Ingress[] {
	const served = besides(ingressesOf(hopContext.snapshot, controller), controller, ingresses);
	const known = setOf(served);
	const others = ingresses.filter((ingress) => !known.has(ingress));
	return others.length === 0 ? served : [...served, ...others];
}

/** Those that share a load balancer with the ones asked about. */
function besides(
	served: readonly Ingress[],
	{record}: Controller,
	ingresses: readonly Ingress[],
): readonly Ingress[] {
	const loadBalancerOf = record.ingress?.loadBalancerOf;
	const own = loadBalancerOf && new Set(ingresses.map(loadBalancerOf));
	return own ? served.filter((ingress) => own.has(loadBalancerOf(ingress))) : served;
}

const addressesOf = memoize((ingresses: readonly Ingress[]) => ingresses.flatMap(({addresses}) => addresses));

const statedBy = memoize((ingresses: readonly Ingress[]) =>
	ingresses.flatMap((ingress) => addressFields(refText(refOf('Ingress', ingress)), ingress.addresses)),
);

const setOf = memoize((ingresses: readonly Ingress[]): ReadonlySet<Ingress> => new Set(ingresses));

import {refOf, refText, type ObjectRef} from '../../../model/ref.ts';
import type {FollowedRouter} from '../../../model/routes/router-kinds.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {matchHost, type HostFit} from '../../../rules/host-match.ts';
import type {Router, RouterObject} from '../../../rules/routers/router.ts';
import {rememberRead} from '../../../rules/memoize.ts';
import {routerOf, routers} from '../../../rules/routers/routers.ts';
import {findRouterController, planesOf} from '../../controller/router/find.ts';
import {routerControllerEvaluator} from '../../controller/router/evaluate.ts';
import type {EvidenceField} from '../../finding.ts';
import type {HopContext} from '../../hop-evaluator.ts';
import {addressFields} from '../../load-balancer/address-fields.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {skipped} from '../skipped.ts';
import {routerRouteEvaluator, type RouterRouteEvaluation} from '../../route/router/evaluate.ts';
import type {UrlTarget} from '../../target.ts';
import {seenBehind} from './behind-tls.ts';
import {evaluateHop} from '../evaluate-hop.ts';
import type {Frontend} from './frontend.ts';
import type {Focus} from './only-route.ts';

/** A frontend for every controller that serves objects of routers which name the host best. */
export function routerFrontends(
	hopContext: HopContext,
	{request}: UrlTarget,
	focus: Focus,
): readonly Frontend[] {
	return routers.flatMap((router) => {
		const objects = fitting(hopContext.snapshot, router, {host: request.host, focus});
		return byController(hopContext.snapshot, router, objects).map((served) =>
			frontend({...hopContext, request}, {router, request, focus, ...served}),
		);
	});
}

type Fitting = {readonly object: RouterObject; readonly fit: HostFit};

/** Roots that name the host best; with a focus, those by which the object gets its requests. */
function fitting(
	snapshot: Snapshot,
	router: Router,
	{host, focus}: {readonly host: string; readonly focus: Focus},
): readonly Fitting[] {
	const {object: asked} = focus;
	if (asked && asked.kind !== router.kind) {
		return [];
	}

	const found = asked && snapshot.get(router.kind, asked.namespace ?? '', asked.name);
	const roots = asked
		? found
			? router.rootsOf(snapshot, found)
			: []
		: snapshot.list(router.kind, focus.namespace);
	const all = roots.map((object) => ({object, fit: fitOf(snapshot, router, {object, host})}));
	const best = Math.max(0, ...all.map(({fit}) => fit));
	return all.filter(({fit}) => fit > 0 && fit === best);
}

function fitOf(
	snapshot: Snapshot,
	router: Router,
	{object, host}: {readonly object: RouterObject; readonly host: string},
): HostFit {
	return router.hostsOf(snapshot, object).reduce<HostFit>((best, name) => {
		const fit = matchHost(name, host, {wildcard: router.wildcard});
		return fit > best ? fit : best;
	}, 0);
}

type Served = {
	readonly objects: readonly RouterObject[];
	readonly fit: HostFit;
	readonly plane?: ObjectRef;
};

/** A frontend for each workload that has the clients' connections: an object may be served by several. */
function byController(snapshot: Snapshot, router: Router, all: readonly Fitting[]): readonly Served[] {
	const each = all.flatMap(({object, fit}) =>
		placesOf(snapshot, router, object).map((place) => ({object, fit, ...place})),
	);
	return [...Map.groupBy(each, ({key}) => key).values()].map((group) => ({
		objects: group.map(({object}) => object),
		fit: group.reduce<HostFit>((best, {fit}) => (fit > best ? fit : best), 0),
		plane: group[0]?.plane,
	}));
}

type Place = {readonly key: string; readonly plane?: ObjectRef};

// Every walk asks the same of every object.
const places = rememberRead((snapshot, object: RouterObject, kind): readonly Place[] =>
	readPlaces(snapshot, routerOf(kind as FollowedRouter), object),
);

/** Who serves an object, as keys. */
function placesOf(snapshot: Snapshot, {kind}: Router, object: RouterObject): readonly Place[] {
	return places(snapshot, object, kind);
}

function readPlaces(snapshot: Snapshot, router: Router, object: RouterObject): readonly Place[] {
	const planes = planesOf(snapshot, router, object);
	if (planes.length > 0) {
		return planes.map((plane) => ({key: refText(plane), plane}));
	}

	const search = findRouterController(snapshot, router, {object});
	const {kind, workload} =
		search.type === 'found' ? search.frontend : {kind: search.type, workload: undefined};
	return [{key: workload ? refText(refOf(kind, workload)) : kind}];
}

type FrontendInput = Served & {
	readonly router: Router;
	readonly request: HttpRequest;
	readonly focus: Focus;
};

function frontend(hopContext: HopContext, input: FrontendInput): Frontend {
	const {router, request, objects, fit, plane} = input;
	const controllerHop = evaluateHop(routerControllerEvaluator, hopContext, {
		router,
		object: objects[0]!,
		plane,
	});
	const {controller} = controllerHop;
	const [service] = controller.services;
	const {request: seen, tlsEnds} = seenBehind(hopContext, service, request, !router.listensByPort);
	// Proxies that labels choose decide by their labels: without any there are no rules to follow.
	const isNowhere =
		router.isDataPlane !== undefined && (controllerHop.stop === 'nobody' || controllerHop.stop === 'no-rule');
	const routeHop: RouterRouteEvaluation = isNowhere
		? {...skipped('route', 'no proxy has these rules'), backends: []}
		: routeHopOf({...hopContext, request: seen}, controller, input);
	const {backends, answeredBy, answers, rank} = routeHop;
	return {
		name: `${router.kind} ${objects.map((each) => `${each.namespace}/${each.name}`).join(', ')}`,
		hopContext,
		request,
		controllerHop,
		controller: answers ? {...controller, answers: {...controller.answers, ...answers}} : controller,
		routeHop,
		backends,
		answeredBy,
		service,
		addresses: objects.flatMap((each) => router.addressesOf?.(each) ?? []),
		stated: router.addressesOf ? objects.flatMap((each) => statedBy(router, each)) : [],
		fit,
		tlsEnds,
		rank,
	};
}

function routeHopOf(
	hopContext: HopContext,
	controller: Controller,
	{router, objects, focus}: FrontendInput,
): RouterRouteEvaluation {
	return evaluateHop(routerRouteEvaluator, hopContext, {
		router,
		controller,
		objects: servedWith(hopContext.snapshot, router, objects),
		focus: focus.object,
	});
}

function statedBy(router: Router, object: RouterObject): readonly EvidenceField[] {
	return addressFields(refOf(router.kind, object), router.addressesOf?.(object) ?? []);
}

/** All objects of the kind that the controller of these takes too: they share its rules. */
function servedWith(
	snapshot: Snapshot,
	router: Router,
	asked: readonly RouterObject[],
): readonly RouterObject[] {
	const keys = (object: RouterObject) => placesOf(snapshot, router, object).map(({key}) => key);
	const own = new Set(keys(asked[0]!));
	return snapshot
		.list(router.kind)
		.filter((object) => asked.includes(object) || keys(object).some((key) => own.has(key)));
}

/** Whether an object of a router asks for TLS for the host. */
export function offersTls(snapshot: Snapshot, host: string): boolean {
	return routers.some((router) =>
		fitting(snapshot, router, {host, focus: {}}).some(({object}) =>
			router.requestsOf(snapshot, object).some(({request}) => request.scheme === 'https'),
		),
	);
}

import type {Ingress} from '../../../model/routes/ingress.ts';
import {refOf} from '../../../model/ref.ts';
import type {Service} from '../../../model/services/service.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {RequestedClass} from '../../../rules/ingress/requested-class.ts';
import {ingressesOf} from '../../../rules/controllers/ingresses-of.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {addressFields} from '../../load-balancer/address-fields.ts';
import {memoize} from '../../../rules/memoize.ts';
import {ingressRouteEvaluator} from '../../route/ingress/evaluate.ts';
import type {IngressRouteEvaluation, IngressRouteInput} from '../../route/ingress/route-evaluation.ts';
import type {HopContext} from '../../hop-evaluator.ts';
import type {Focus} from './only-route.ts';
import type {Frontend} from './frontend.ts';
import type {HostFit} from '../../../rules/host-match.ts';
import {tlsBefore, type TlsBefore, type TlsEnd} from '../../../rules/load-balancers/tls-before.ts';
import {seenBehind} from './behind-tls.ts';
import {cutting} from './cutting.ts';
import {skipped} from '../skipped.ts';
import {evaluateHop} from '../evaluate-hop.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {Served} from './served-ingresses.ts';

type FrontendInput = Served & {
	readonly request: HttpRequest;
	readonly focus: Focus;
	readonly fit: HostFit;
};

/** One class of Ingresses as a frontend: its controller, and the rule that takes the request. */
export function frontend(
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
		return {...shared, routeHop: skipped('route', 'nobody serves these rules'), backends: []};
	}

	return {
		...shared,
		...routed(hopContext, request, {
			controller,
			ingresses: rulesOf(hopContext, controller, ingresses),
			focus: focus.object && {namespace: focus.object.namespace ?? '', name: focus.object.name},
		}),
	};
}

type Routed = Pick<
	Frontend,
	'controller' | 'routeHop' | 'backends' | 'answeredBy' | 'redirectLoop' | 'tlsEnds' | 'rank'
>;

/** Which rule of the controller takes the request, and how it goes on. */
function routed(hopContext: HopContext, request: HttpRequest, input: IngressRouteInput): Routed {
	const {controller} = input;
	const asked = {...hopContext, request};
	const direct = evaluateHop(ingressRouteEvaluator, hopContext, input);
	const plain = direct.stop === 'no-rule' ? servedPlain(asked, input) : undefined;
	const routeHop = plain?.routeHop ?? direct;
	const {backends, rank, passes, redirect} = routeHop;
	return {
		controller: passes ? cutting(controller, passes) : controller,
		routeHop,
		backends,
		answeredBy: redirect && 'the redirect',
		redirectLoop: loopOf(asked, input),
		tlsEnds: plain?.tlsEnds,
		rank,
	};
}

/**
Where no Service leads to the pods of a controller: the Service that it made for these Ingresses. Undefined where it made
several.
*/
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
	return withOthers(besides(ingressesOf(hopContext.snapshot, controller), controller, ingresses))(ingresses);
}

// All walks of a host use one list: a controller remembers what it compiled by the identity of the list.
const withOthers = memoize((served: readonly Ingress[]) => {
	const known = new Set(served);
	return memoize((ingresses: readonly Ingress[]): readonly Ingress[] => {
		const others = ingresses.filter((ingress) => !known.has(ingress));
		return others.length === 0 ? served : [...served, ...others];
	});
});

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
	ingresses.flatMap((ingress) => addressFields(refOf('Ingress', ingress), ingress.addresses)),
);

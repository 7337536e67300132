import type {Ingress} from '../../model/ingress.ts';
import {refOf, refText} from '../../model/ref.ts';
import {effectiveClass} from '../ingress/effective-class.ts';
import {ingressesFor} from '../ingress/ingresses-for.ts';
import {ingressesOf} from '../ingress/ingresses-of.ts';
import {addressFields} from '../load-balancer/address-fields.ts';
import {controllerResolver} from '../resolvers/controller.ts';
import {ingressRouteResolver} from '../resolvers/ingress-route.ts';
import type {Controller, Visit} from '../resolver.ts';
import type {UrlTarget} from '../target.ts';
import type {Focus} from './focus.ts';
import type {Front} from './front.ts';
import {hostFit, type HostFit} from './host-fit.ts';
import {skipped} from './skipped.ts';
import {visitHop} from './visit-hop.ts';

/** A front for every class whose Ingresses name the host. Where none does, those with a rule or backend for any host. */
export function ingressFronts(visit: Visit, target: UrlTarget, focus: Focus): readonly Front[] {
	const {host} = target.request;
	const asked = ingressesFor(visit.snapshot.list('Ingress', focus.namespace), host).filter((ingress) =>
		isAsked(ingress, focus),
	);
	const fits = asked.map((ingress) => ({ingress, fit: fitOf(ingress, host)}));
	const best = Math.max(0, ...fits.map(({fit}) => fit));
	const fitting = fits.filter(({fit}) => fit === best && fit > 0).map(({ingress}) => ingress);
	const classes = Map.groupBy(fitting, (ingress) => effectiveClass(visit.snapshot, ingress));
	return [...classes].map(([className, ingresses]) =>
		front(visit, target, {className, ingresses, focus, fit: best as HostFit}),
	);
}

function isAsked(ingress: Ingress, {object}: Focus): boolean {
	return (
		!object ||
		(object.kind === 'Ingress' && object.namespace === ingress.namespace && object.name === ingress.name)
	);
}

function fitOf(ingress: Ingress, host: string): HostFit {
	const fits = ingress.rules.map((rule) => hostFit(rule.host, host));
	const ofDefault: HostFit = ingress.defaultBackend && ingress.rules.length === 0 ? 1 : 0;
	return Math.max(ofDefault, ...fits) as HostFit;
}

type ClassAsked = {
	readonly className: string | undefined;
	readonly ingresses: readonly Ingress[];
	readonly focus: Focus;
	readonly fit: HostFit;
};

function front(visit: Visit, {request}: UrlTarget, {className, ingresses, focus, fit}: ClassAsked): Front {
	const asking = {...visit, request};
	const controllerHop = visitHop(controllerResolver, asking, {ingressClass: className, ingresses});
	const {controller} = controllerHop;
	const shared = {
		visit: asking,
		request,
		controllerHop,
		controller,
		service: controller?.services[0],
		addresses: ingresses.flatMap(({addresses}) => addresses),
		stated: ingresses.flatMap((ingress) =>
			addressFields(refText(refOf('Ingress', ingress)), ingress.addresses),
		),
		fit,
	};
	if (!controller) {
		return {
			...shared,
			routeHop: skipped('route', 'nobody serves these rules'),
			backends: [],
			redirects: false,
		};
	}

	const routeHop = visitHop(ingressRouteResolver, asking, {
		controller,
		ingresses: servedBy(visit, controller, ingresses),
		focus: focus.object && {namespace: focus.object.namespace ?? '', name: focus.object.name},
	});
	return {...shared, routeHop, backends: routeHop.backends, redirects: routeHop.redirect !== undefined};
}

// Those asked about belong, even where the controller's own choice of class cannot be read.
function servedBy(visit: Visit, controller: Controller, ingresses: readonly Ingress[]): readonly Ingress[] {
	const served = ingressesOf(visit.snapshot, controller);
	const others = ingresses.filter((ingress) => !served.includes(ingress));
	return others.length === 0 ? served : [...served, ...others];
}

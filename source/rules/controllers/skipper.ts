import {byElements, byRegexStart, byType, byWholeRegex, exactly} from '../ingress/path-fits.ts';
import {routeBy, type Reading} from '../ingress/route-by.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import type {ControllerRecord} from './record/record.ts';
import type {Claimant} from './record/ingress-side.ts';

const pathMode = 'its path mode for ImplementationSpecific: a flag or annotation';

/** setPathV1: the path tree (Exact, Prefix) is asked first, then regular expressions; the host after the path. */
const reading: Reading = {
	paths: {Exact: exactly, Prefix: byElements, ImplementationSpecific: byRegexStart},
	order: byType('Exact', 'Prefix', 'ImplementationSpecific'),
	isolatesHosts: false,
	pathFirst: true,
	defaults: 'any-host',
};

/** zalando/skipper as Ingress controller. */
export const skipper: ControllerRecord = {
	implementation: 'Skipper',
	sources: [
		'zalando/skipper 0.22: dataclients/kubernetes/ingressv1.go',
		'zalando/skipper 0.22: docs/kubernetes/ingress-controller.md, Multiple skipper deployments',
	],
	images: ['zalando/skipper', 'teapot/skipper', 'skipper'],
	names: ['skipper', 'skipper-ingress'],
	flags: ['kubernetes-ingress-class'],
	annotations: ['zalando.org/'],
	ingress: {
		profile: 'skipper',
		controllerNames: ['zalando.org/skipper'],
		annotationClasses: ['skipper'],
		classFlag: 'kubernetes-ingress-class',
		takes,
		route: routeBy({
			all: [byRegexStart, byElements, byWholeRegex].map((fit) => ({
				...reading,
				paths: {...reading.paths, ImplementationSpecific: fit},
			})),
			assumption: pathMode,
		}),
		bypassesProxy: () => true,
		// No endpoint: a shunt route with 502. A missing Service removes the route, a missing port is a shunt.
		answers: () => ({'no-rule': 'http-404', 'no-endpoints': 'http-502', refused: 'http-502'}),
		unknowns: () => [
			pathMode,
			'whether it reads ingressClassName',
			'its redirect to https, which follows the header X-Forwarded-Proto of a load balancer',
		],
	},
};

/** The annotation against the flag; without the annotation it takes the Ingress. */
function takes({className, annotation}: RequestedClass, {flags}: Claimant): boolean | undefined {
	if (annotation !== undefined) {
		return annotation === (flags['kubernetes-ingress-class'] || 'skipper');
	}

	return className === undefined ? true : undefined;
}

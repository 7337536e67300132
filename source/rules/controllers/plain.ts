import {routeByGuess} from '../ingress/spec.ts';
import {isNamed} from './record/classes.ts';
import type {ControllerRecord} from './record/record.ts';
import type {IngressSide} from './record/ingress-side.ts';
import {specProfile} from './record/gateway-profile.ts';

/** What is assumed of a controller that knet does not know: the API's plain rules. */
export function unknownController(controllerName: string, className: string): ControllerRecord {
	return {
		implementation: controllerName || 'unknown controller',
		sources: [],
		ingress: plainIngress(controllerName, className),
		gateway: {
			controllerNames: [controllerName],
			gatewayLabels: [],
			profile: () => specProfile,
		},
	};
}

/** The plain rules of the API, for the classes of one controller value. */
export function plainIngress(controllerName: string, className: string): IngressSide {
	return {
		profile: 'spec',
		controllerNames: [controllerName],
		annotationClasses: [className],
		takes(requested, {classes}) {
			const found = classes?.find(({name}) => name === requested.className);
			return requested.className === undefined
				? (requested.annotation ?? '') === className
				: found
					? isNamed(found.controller, [controllerName])
					: requested.className === className;
		},
		route: routeByGuess,
		// Some do, and others refuse it.
		inventsExternalPort: true,
		answers: () => ({}),
		unknowns: () => ["the API's plain rules: this controller is not known to knet"],
	};
}

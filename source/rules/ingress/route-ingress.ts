import type {RouteDecision, RouteInput} from './decision.ts';
import {routeByNginx} from './nginx/ingress-nginx.ts';
import {routeBySpec} from './spec.ts';
import {routeByTraefik} from './traefik/traefik.ts';

/** Which rule of the Ingresses takes the request, by the rules of the controller that serves them. */
export function routeIngress(input: RouteInput): RouteDecision {
	switch (input.profile) {
		case 'spec':
		// ingress-controller-conformance tests the API's plain rules and nothing beyond.
		case 'conformance':
			return routeBySpec(input);
		case 'ingress-nginx':
			return routeByNginx(input);
		case 'traefik':
			return routeByTraefik(input);
	}
}

import type {FollowedRouter} from '../../model/routes/router-kinds.ts';
import {contourProxies} from './http-proxy/router.ts';
import {ingressRoutes, ingressRouteTcps} from './traefik/router.ts';
import {openShiftRoutes} from './openshift-route/router.ts';
import {virtualServices} from './virtual-service/router.ts';
import type {Router, RouterOf} from './router.ts';

const byKind: {readonly [K in FollowedRouter]: RouterOf<K>} = {
	HTTPProxy: contourProxies,
	IngressRoute: ingressRoutes,
	IngressRouteTCP: ingressRouteTcps,
	VirtualService: virtualServices,
	OpenShiftRoute: openShiftRoutes,
};

/** Routers that knet follows, beside Ingress and Gateway API. */
export const routers: readonly Router[] = Object.values(byKind);

export function routerOf(kind: FollowedRouter): Router {
	return byKind[kind];
}

import type {Kind} from '../../model/kinds.ts';
import {followedRouters, type FollowedRouter} from '../../model/routes/router-kinds.ts';
import {kong} from '../controllers/kong.ts';
import {nginxInc} from '../controllers/nginx-inc.ts';
import {routerLabel} from '../controllers/openshift-router.ts';
import {skipper} from '../controllers/skipper.ts';
import {routerOf} from './routers.ts';

/** By which programs a router is known to run. */
export type Server = {
	/** Ends of the image's repository. */
	readonly images?: readonly string[];
	/** Values of the labels that name an application. */
	readonly names?: readonly string[];
	/** A label that only its pods have. */
	readonly label?: string;
};

/** Source: the Helm charts and release manifests of the projects. */
const unfollowedServers: Partial<Record<Kind, readonly Server[]>> = {
	VirtualServer: [nginxInc],
	TransportServer: [nginxInc],
	TCPIngress: [kong],
	RouteGroup: [skipper],
	KnativeIngress: [
		{images: ['knative.dev/serving/cmd/controller', 'serving/cmd/activator'], names: ['knative-serving']},
	],
	GlooVirtualService: [{images: ['solo-io/gloo', 'solo-io/gloo-ee'], names: ['gloo', 'gloo-ee']}],
	Mapping: [
		{
			images: ['emissary', 'emissary-ingress/emissary', 'ambassador', 'aes'],
			names: ['emissary-ingress', 'ambassador', 'edge-stack'],
		},
	],
	ApisixRoute: [
		{images: ['apisix-ingress-controller'], names: ['apisix-ingress-controller', 'ingress-controller']},
	],
};

/** The gateways of a mesh whose control plane runs elsewhere serve its objects as well. */
const istioGateways: Server = {images: ['istio/proxyv2', 'proxyv2'], names: ['istio-ingressgateway']};
const openShiftPods: Server = {images: ['haproxy-router'], label: routerLabel};

/** What serves the objects of a kind of router. */
export function serversOf(kind: Kind): readonly Server[] {
	if (kind === 'OpenShiftRoute') {
		return [openShiftPods];
	}

	const isFollowed = (followedRouters as readonly Kind[]).includes(kind);
	const served = isFollowed ? routerOf(kind as FollowedRouter).servedBy : (unfollowedServers[kind] ?? []);
	return kind === 'VirtualService' ? [...served, istioGateways] : served;
}

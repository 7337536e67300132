import {groupOf, factsOf, type Kind} from '../../../model/kinds.ts';
import type {Labels} from '../../../model/meta.ts';
import {followedRouters, type FollowedRouter} from '../../../model/router-kinds.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import {kong} from '../../../rules/controllers/kong.ts';
import {nginxInc} from '../../../rules/controllers/nginx-inc.ts';
import {routerLabel} from '../../../rules/controllers/openshift-router.ts';
import {skipper} from '../../../rules/controllers/skipper.ts';
import {routerOf} from '../../../rules/routers/routers.ts';
import {isImageOf} from '../recognise.ts';

/** By which programs a router is known to run. */
type Server = {
	/** Ends of the image's repository. */
	readonly images: readonly string[];
	/** Values of the labels that name an application. */
	readonly names: readonly string[];
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
const openShiftPods: Server = {images: ['haproxy-router'], names: [], label: routerLabel};

/**
Whether the cluster of a file may have objects of a router that the file does not hold. The file tells by its
CustomResourceDefinitions, if it has them as a server keeps them, else by the programs that run: none of them serves it.
*/
export function mayBeMissing(snapshot: Snapshot, kind: Kind, namespace: string | undefined): boolean {
	const state = snapshot.state(kind, namespace);
	if (state.state !== 'absent' || state.why !== 'not-in-input') {
		return false;
	}

	const definitions = snapshot.list('CustomResourceDefinition');
	const {plural, apis} = factsOf(kind);
	if (apis.some((api) => definitions.some(({name}) => name === `${plural}.${groupOf(api)}`))) {
		return true;
	}

	if (definitions.some(({uid}) => uid !== '')) {
		// OpenShift's own API server has Routes, without a definition.
		return kind === 'OpenShiftRoute' && definitions.some(({name}) => name.endsWith('.operator.openshift.io'));
	}

	return !areProgramsSeen(snapshot) || isServed(snapshot, serversOf(kind));
}

function serversOf(kind: Kind): readonly Server[] {
	if (kind === 'OpenShiftRoute') {
		return [openShiftPods];
	}

	const isFollowed = (followedRouters as readonly Kind[]).includes(kind);
	const served = isFollowed ? routerOf(kind as FollowedRouter).servedBy : (unfollowedServers[kind] ?? []);
	return kind === 'VirtualService' ? [...served, istioGateways] : served;
}

function areProgramsSeen(snapshot: Snapshot): boolean {
	const areHeld = (kind: Kind): boolean => isKnown(snapshot.state(kind));
	return areHeld('Pod') || (areHeld('Deployment') && areHeld('DaemonSet'));
}

type Program = {readonly images: readonly string[]; readonly labels: readonly Labels[]};

function isServed(snapshot: Snapshot, servers: readonly Server[]): boolean {
	return programsOf(snapshot).some((program) => servers.some((server) => isRunBy(program, server)));
}

function programsOf(snapshot: Snapshot): readonly Program[] {
	const workloads = (['Deployment', 'DaemonSet', 'StatefulSet'] as const).flatMap((kind) =>
		snapshot.list(kind),
	);
	return [
		...workloads.map(({containers, labels, templateLabels}) => ({
			images: containers.map(({image}) => image),
			labels: [labels, templateLabels],
		})),
		...snapshot
			.list('Pod')
			.map(({containers, labels}) => ({images: containers.map(({image}) => image), labels: [labels]})),
	];
}

function isRunBy({images, labels}: Program, server: Server): boolean {
	return (
		images.some((image) => isImageOf(image, server.images)) ||
		labels.some(
			(each) =>
				(server.label !== undefined && Object.hasOwn(each, server.label)) ||
				['app.kubernetes.io/name', 'k8s-app', 'app', 'gloo'].some((key) =>
					server.names.includes(each[key] ?? ''),
				),
		)
	);
}

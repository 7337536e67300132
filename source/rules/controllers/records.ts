import type {RequestedClass} from '../ingress/requested-class.ts';
import {agic} from './agic.ts';
import {awsLattice} from './aws-lattice.ts';
import {awsLoadBalancer} from './aws-load-balancer.ts';
import {azureContainers} from './azure-containers.ts';
import {cilium} from './cilium.ts';
import {isNamed} from './record/classes.ts';
import {contour} from './contour.ts';
import type {Controller} from './record/controller.ts';
import {envoyGateway} from './envoy-gateway.ts';
import {gke, gkeGateway} from './gke.ts';
import {haproxyIngress} from './haproxy-ingress.ts';
import {haproxyTech} from './haproxy-tech.ts';
import {ingressNginx} from './ingress-nginx.ts';
import {istio} from './istio.ts';
import {kgateway} from './kgateway.ts';
import {kong} from './kong.ts';
import {nginxGatewayFabric} from './nginx-gateway-fabric.ts';
import {nginxInc} from './nginx-inc.ts';
import {openShift} from './openshift.ts';
import {plainIngress} from './plain.ts';
import type {ControllerRecord} from './record/record.ts';
import type {IngressSide} from './record/ingress-side.ts';
import {skipper} from './skipper.ts';
import {traefikForNginx} from './traefik/nginx-provider/record.ts';
import {traefik} from './traefik.ts';

/** In the order in which workloads are compared with them. */
export const controllerRecords: readonly ControllerRecord[] = [
	ingressNginx,
	traefik,
	traefikForNginx,
	haproxyTech,
	haproxyIngress,
	contour,
	nginxInc,
	kong,
	awsLoadBalancer,
	gke,
	agic,
	openShift,
	cilium,
	istio,
	skipper,
	envoyGateway,
	kgateway,
	nginxGatewayFabric,
	gkeGateway,
	awsLattice,
	azureContainers,
];

/** By `spec.controller` of an IngressClass. */
export function recordByIngressClass(controllerName: string): ControllerRecord | undefined {
	return controllerRecords.find(({ingress}) => ingress && isNamed(controllerName, ingress.controllerNames));
}

/** By the name of a class, where no IngressClass tells more. Undefined: no record has it, or several do. */
export function recordByClassName({className, annotation}: RequestedClass): ControllerRecord | undefined {
	const named = controllerRecords.filter(({ingress}) =>
		ingress?.annotationClasses.includes(annotation ?? className ?? ''),
	);
	return named.length === 1 ? named[0] : undefined;
}

/** By `spec.controllerName` of a GatewayClass. */
export function recordByGatewayClass(controllerName: string): ControllerRecord | undefined {
	return controllerRecords.find(({gateway}) =>
		gateway?.controllerNames.some((name) => controllerName.startsWith(name)),
	);
}

/** The Ingress side of a controller. A record without one serves no Ingress: the plain rules stand in. */
export function ingressSide({record, controllerName, className}: Controller): IngressSide {
	return record.ingress ?? plainIngress(controllerName, className);
}

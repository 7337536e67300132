import {groupOf, otherHostsOf, routeByAlb} from './aws-load-balancer/route.ts';
import type {RequestedClass} from '../ingress/requested-class.ts';
import {rulesOf} from '../ingress/rules.ts';
import {byClassObject} from './record/classes.ts';
import {specProfile} from './record/gateway-profile.ts';
import {byAnnotation} from './record/spoken-protocol.ts';
import {withoutNodeTargets} from './aws-load-balancer/node-targets.ts';
import {hasOnlyTls} from './aws-load-balancer/listeners.ts';
import {targetTypeOfIngress, targetTypeOfRoute} from './aws-load-balancer/target-type.ts';
import type {ControllerRecord} from './record/record.ts';
import type {Claimant} from './record/ingress-side.ts';
import type {Answers} from './record/facts.ts';

const controllerNames = ['ingress.k8s.aws/alb', 'eks.amazonaws.com/alb'];

/** kubernetes-sigs/aws-load-balancer-controller. */
const refusals = ['FailedBuildModel', 'FailedDeployModel', 'FailedAddFinalizer'];

/** Application Load Balancers documentation, HTTP errors: 503 without targets, 502 for a connection that is closed, 504 for none. */
const answers: Answers = {
	'no-rule': 'http-404',
	'no-endpoints': 'http-503',
	refused: 'http-502',
	reset: 'http-502',
	'backend-tls': 'http-502',
	dropped: 'http-504',
};

export const awsLoadBalancer: ControllerRecord = {
	implementation: 'AWS Load Balancer Controller',
	sources: [
		'kubernetes-sigs/aws-load-balancer-controller 2.13: pkg/ingress/class_loader.go, model_build_listener_rules.go, model_build_target_group.go, pkg/backend/endpoint_utils.go, docs/guide/ingress/annotations.md',
	],
	images: ['aws-load-balancer-controller', 'amazon/aws-alb-ingress-controller'],
	names: ['aws-load-balancer-controller'],
	managed: true,
	bindsTargetGroups: true,
	sendsNothing: ({snapshot, service, port, throughProxy}) =>
		throughProxy ? withoutNodeTargets(snapshot, service, port) : undefined,
	annotations: ['alb.ingress.kubernetes.io/'],
	ingress: {
		// docs/guide/ingress/annotations.md: rules of the security group that it makes.
		passesThrough: ({annotations}) =>
			[annotations['alb.ingress.kubernetes.io/inbound-cidrs'] ?? '']
				.filter((text) => text !== '' && !text.includes('0.0.0.0/0'))
				.map((text) => `its security group lets in ${text} alone (inbound-cidrs)`),
		profile: 'aws-alb',
		controllerNames,
		refusals,
		speaks: byAnnotation('alb.ingress.kubernetes.io/backend-protocol'),
		annotationClasses: ['alb'],
		classFlag: 'ingress-class',
		takes,
		otherHosts: (ingress) => rulesOf(ingress).flatMap(otherHostsOf),
		route: routeByAlb,
		loadBalancerOf: groupOf,
		hasOnlyTls,
		bypassesProxy: () => true,
		sendsToService: (ingress, service, flags, snapshot) =>
			targetTypeOfIngress(snapshot, ingress, service, flags) === 'instance',
		answers: () => answers,
		unknowns: () => [],
	},
	gateway: {
		controllerNames: ['gateway.k8s.aws/'],
		refusals,
		bypassesProxy: true,
		sendsToService: (snapshot, service, asked) => targetTypeOfRoute(snapshot, service, asked) === 'instance',
		gatewayLabels: [],
		profile: () => specProfile,
		answers: () => answers,
	},
};

/** An empty `--ingress-class` makes it take Ingresses without a class (class_loader.go). */
function takes(requested: RequestedClass, claimant: Claimant): boolean | undefined {
	const own = claimant.flags['ingress-class'] ?? 'alb';
	if (requested.annotation !== undefined) {
		return requested.annotation === (own || 'alb');
	}

	return requested.className === undefined
		? claimant.flags['ingress-class'] === ''
		: byClassObject(requested, claimant, {controllers: controllerNames, usualNames: [own || 'alb']});
}

import {extraHosts, routeByAgic} from './agic/route.ts';
import {byClassObject} from './record/classes.ts';
import {byAnnotation} from './record/spoken-protocol.ts';
import type {ControllerRecord} from './record/record.ts';

const controllerNames = ['azure/application-gateway'];
const annotationClasses = ['azure/application-gateway', 'azure-application-gateway'];

/** Azure/application-gateway-kubernetes-ingress (AGIC). */
export const agic: ControllerRecord = {
	implementation: 'Azure Application Gateway',
	sources: [
		'Azure/application-gateway-kubernetes-ingress of 2026-03: pkg/appgw/requestroutingrules.go and its tests, ingress_rules.go, certificates.go, pkg/sorter/ingress.go',
		'Application Gateway documentation: troubleshoot 502; HTTP response codes; Order of processing rules',
	],
	images: ['azure-application-gateway/kubernetes-ingress'],
	names: ['ingress-appgw', 'ingress-azure'],
	managed: true,
	annotations: ['appgw.ingress.kubernetes.io/'],
	ingress: {
		profile: 'agic',
		controllerNames,
		refusals: ['FailedApplyingAppGwConfig', 'UnableToUpdateIngressStatus', 'ListenerWithoutPrivateIP'],
		speaks: byAnnotation('appgw.ingress.kubernetes.io/backend-protocol'),
		annotationClasses,
		takes: (requested, claimant) =>
			requested.annotation === undefined
				? requested.className !== undefined &&
					byClassObject(requested, claimant, {
						controllers: controllerNames,
						usualNames: annotationClasses,
					})
				: annotationClasses.includes(requested.annotation),
		otherHosts: extraHosts,
		route: routeByAgic,
		leavesOutBroken: true,
		// frontend_listeners.go: without the Secret there is no https listener for the host.
		tls: {missingSecret: 'handshake-fails', decidesHttp: true},
		bypassesProxy: () => true,
		// No rule of the host's listener fits: the default pool, which has no members.
		answers: () => ({
			'no-rule': 'http-502',
			'no-backend': 'http-502',
			'no-endpoints': 'http-502',
			refused: 'http-502',
		}),
		unknowns: () => [],
	},
};

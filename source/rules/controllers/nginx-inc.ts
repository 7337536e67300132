import {routeBySpec} from '../ingress/spec.ts';
import {nginxAnswers} from './answers.ts';
import {pathTypes} from './path-types.ts';
import type {ControllerRecord} from './record.ts';

/** nginx/kubernetes-ingress, of F5. */
export const nginxInc: ControllerRecord = {
	implementation: 'NGINX Ingress Controller (F5)',
	sources: [
		'nginx/kubernetes-ingress 5.0: internal/k8s/controller.go (HasCorrectIngressClass), configuration.go',
	],
	images: [
		'nginx/nginx-ingress',
		'nginx-ic/nginx-ingress',
		'nginx-ic/nginx-plus-ingress',
		'nginxinc/kubernetes-ingress',
		'nginx-plus-ingress',
	],
	names: ['nginx-ingress'],
	flags: ['nginx-configmaps', 'nginx-plus', 'enable-custom-resources'],
	managed: false,
	annotations: ['nginx.org/', 'nginx.com/'],
	ingress: {
		profile: 'spec',
		controllerNames: ['nginx.org/ingress-controller'],
		annotationClasses: ['nginx'],
		classFlag: 'ingress-class',
		// The annotation, else the name of the class, against the flag.
		takes: ({className, annotation}, {flags}) =>
			(annotation || className) === (flags['ingress-class'] || 'nginx'),
		namespaceFlag: 'watch-namespace',
		route: routeBySpec,
		bypassesProxy: () => true,
		answers: () => nginxAnswers,
		unknowns: () => [
			pathTypes,
			'of two Ingresses with one host it serves the older alone, unless they are mergeable',
		],
	},
};

import {openShift} from './openshift.ts';
import type {ControllerRecord} from './record/record.ts';

/** The router itself, whose pods are seen; recognised by the label that the ingress operator gives them. */
export const openShiftRouter: ControllerRecord = {
	...openShift,
	managed: undefined,
	sources: [
		'openshift/router of 2026-08-04: images/router/haproxy/conf/haproxy-config.template, pkg/router/controller/unique_host.go, pkg/router/template/router.go, template_helper.go',
		'openshift/cluster-ingress-operator 4.16: pkg/operator/controller/ingress/deployment.go',
	],
};

/** Its value is the name of the IngressController, which is that of the router. */
export const routerLabel = 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller';

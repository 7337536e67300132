import type {OpenShiftBackend, OpenShiftRoute, OpenShiftRouteStatus} from '../../model/openshift-route.ts';
import {conditions, meta} from './common-shapes.ts';
import {list, number, numberOrText, object, oneOf, optional, text} from './shape.ts';

export const openShiftRoute = object<OpenShiftRoute>({
	...meta,
	host: text,
	path: text,
	wildcardPolicy: oneOf('None', 'Subdomain'),
	backends: list(object<OpenShiftBackend>({kind: text, name: text, weight: number})),
	targetPort: optional(numberOrText),
	tls: optional(object({termination: text, insecurePolicy: text})),
	ingress: list(
		object<OpenShiftRouteStatus>({routerName: text, host: text, canonicalHostname: text, conditions}),
	),
});

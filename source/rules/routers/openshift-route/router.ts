import {bareRequest} from '../../bare-request.ts';
import type {OpenShiftRoute} from '../../../model/routes/openshift-route.ts';
import {haproxyAnswers} from '../../controllers/record/answers.ts';
import {openShiftRouter, routerLabel} from '../../controllers/openshift-router.ts';
import {admissionOf} from '../../openshift/admission.ts';
import type {RouterOf} from '../router.ts';
import {decideByOpenShiftRoutes} from './decide.ts';

export const openShiftRoutes: RouterOf<'OpenShiftRoute'> = {
	kind: 'OpenShiftRoute',
	sources: openShiftRouter.sources,
	servedBy: [openShiftRouter],
	hostField: 'spec.host',
	wildcard: 'one-label',
	takes: () => true,
	isDataPlane: (_snapshot, route, {templateLabels}) => {
		const name = templateLabels[routerLabel];
		return name !== undefined && isOfRouter(route, name);
	},
	isSaidToBeServed: (route) => admissionOf(route).admittedBy.length > 0,
	rootsOf: (_snapshot, route) => (route.host === '' ? [] : [route]),
	hostsOf: (_snapshot, route) => (route.host === '' ? [] : [hostOf(route)]),
	requestsOf: (_snapshot, route) => {
		const host = hostOf(route);
		const isTls = Boolean(route.tls?.termination);
		return [
			{
				request: {...bareRequest(isTls), host, urlPath: route.path || '/'},
				plain: !host.startsWith('*'),
			},
		];
	},
	routesTo: ({namespace, backends, host}) => backends.map(({name}) => ({namespace, name, host})),
	addressesOf: ({ingress}) =>
		ingress.flatMap(({canonicalHostname}) =>
			canonicalHostname === '' ? [] : [{hostname: canonicalHostname}],
		),
	decide: decideByOpenShiftRoutes,
	// Without a rule, a Service or an endpoint: its page "Application is not available".
	answers: () => ({...haproxyAnswers, 'no-rule': 'http-503', 'no-backend': 'http-503'}),
};

/** One that spoke of it; of a Route that none has seen any may be. */
function isOfRouter({ingress}: OpenShiftRoute, name: string): boolean {
	return ingress.length === 0 || ingress.some(({routerName}) => routerName === name);
}

function hostOf({host, wildcardPolicy}: OpenShiftRoute): string {
	const name = host.toLowerCase();
	return wildcardPolicy === 'Subdomain' ? `*${name.slice(name.indexOf('.'))}` : name;
}

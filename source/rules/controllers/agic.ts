import type {RuleRef} from '../ingress/decision.ts';
import {byText, exactly, longerFirst} from '../ingress/path-fits.ts';
import {routeBy, type PathFit, type Reading} from '../ingress/route-by.ts';
import {byClassObject} from './classes.ts';
import {byAnnotation} from './spoken-protocol.ts';
import type {ControllerRecord} from './record.ts';

const controllerNames = ['azure/application-gateway'];
const annotationClasses = ['azure/application-gateway', 'azure-application-gateway'];

/** As written: exact, unless it ends in `*`. */
const ownPath: PathFit = (path, urlPath) =>
	path.endsWith('*') ? byText(path.slice(0, -1), urlPath) : path === urlPath;

const reading: Reading = {
	// Prefix gets a `*` at the end.
	paths: {Exact: exactly, Prefix: byText, ImplementationSpecific: ownPath},
	order: longerFirst,
	isolatesHosts: true,
	defaults: 'any-host',
};

/** Application Gateway tries the paths as they are listed; what catches all is the default of the listener. */
const asListed: Reading = {
	...reading,
	order: (a, b) => Number(catchesAll(a)) - Number(catchesAll(b)),
};

function catchesAll({pathType, value = ''}: RuleRef): boolean {
	return pathType === 'Prefix' ? value === '/' : value === '' || value === '/*';
}

const pathOrder = 'whether the longer of two paths goes first, or the one that is listed first';

/** Azure/application-gateway-kubernetes-ingress (AGIC). */
export const agic: ControllerRecord = {
	implementation: 'Azure Application Gateway',
	sources: [
		'Azure/application-gateway-kubernetes-ingress 1.8: pkg/appgw/requestroutingrules.go and its tests',
		'Application Gateway documentation: troubleshoot 502',
	],
	images: ['azure-application-gateway/kubernetes-ingress'],
	names: ['ingress-appgw', 'ingress-azure'],
	flags: [],
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
		route: routeBy({all: [reading, asListed], assumption: pathOrder}),
		// frontend_listeners.go: without the Secret there is no https listener for the host.
		tls: {missingSecret: 'handshake-fails'},
		bypassesProxy: () => true,
		// No rule fits: the default pool, which has no members.
		answers: () => ({'no-rule': 'http-502', 'no-endpoints': 'http-502', refused: 'http-502'}),
		unknowns: () => [pathOrder],
	},
};

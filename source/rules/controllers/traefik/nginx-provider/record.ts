import type {ControllerRecord} from '../../record/record.ts';
import type {Claimant, ProtocolInput, SpokenProtocol} from '../../record/ingress-side.ts';
import type {RequestedClass} from '../../../ingress/requested-class.ts';
import {
	annotationOf,
	otherNamesOf,
	asksForPassthrough,
	isCanary,
	isTrue,
} from '../../ingress-nginx/annotations.ts';
import {backendProtocolOf} from '../../ingress-nginx/backend-protocol.ts';
import {isOn} from '../../record/classes.ts';
import {isBefore, type Version} from '../../../version.ts';
import {traefikImages} from '../images.ts';
import {areProvidersKnown, runsProvider} from '../providers.ts';
import {entryPointOf} from '../entry-point.ts';
import {firstWithAll, nginxProvider as provider} from './settings.ts';
import {routeByNginxProvider} from './route.ts';

/** Traefik's second set of Ingress rules, for those who leave ingress-nginx (retired in March 2026). */
export const traefikForNginx: ControllerRecord = {
	implementation: 'Traefik (Ingress NGINX provider)',
	sources: [
		'traefik/traefik 3.6.13 and 3.7.9: pkg/provider/kubernetes/ingress-nginx (kubernetes.go, build.go, translator.go, middleware.go, annotations.go)',
	],
	images: traefikImages,
	annotations: ['nginx.ingress.kubernetes.io/'],
	ignores,
	ingress: {
		profile: 'traefik-nginx',
		controllerNames: ['k8s.io/ingress-nginx'],
		annotationClasses: [],
		classFlag: `${provider}.ingressclass`,
		takes,
		readsIngresses: (flags) => !areProvidersKnown(flags) || runsProvider(flags, provider),
		namespaceFlag: `${provider}.watchnamespace`,
		namespaceSelectorFlag: `${provider}.watchnamespaceselector`,
		otherHosts: otherNamesOf,
		passesTls: (ingress) => asksForPassthrough(ingress),
		route: routeByNginxProvider,
		entryPointOf,
		// 3.6 makes no router where the Service or its port is missing.
		leavesOutBroken: true,
		inventsExternalPort: true,
		whyNotRouted: ({type}, flags) =>
			type === 'ExternalName' && isOn(flags[`${provider}.disablesvcexternalname`])
				? 'it is of type ExternalName, and disableSvcExternalName is set'
				: undefined,
		needsEndpoints: (ingress) => annotationOf(ingress, 'default-backend') !== undefined,
		sendsToService: (ingress) => isTrue(annotationOf(ingress, 'service-upstream')),
		bypassesProxy: () => true,
		// It goes by `serving`, which a terminating pod still has (getEndpointsFromEndpointSlices).
		chooses: 'serving',
		speaks,
		isMeantTwin: isCanary,
		passesThrough(ingress) {
			const auth = annotationOf(ingress, 'auth-url');
			return auth ? [`asks ${auth} first (auth-url)`] : [];
		},
		// An empty server list answers 503.
		answers: ({version}) => ({
			'no-rule': 'http-404',
			'no-backend': isBefore(version, firstWithAll) ? 'http-404' : 'http-503',
			'no-endpoints': 'http-503',
			unresolved: 'http-502',
			refused: 'http-502',
			unreachable: 'http-502',
			dropped: 'http-504',
			reset: 'http-502',
			'backend-tls': 'http-500',
		}),
		unknowns: () => [],
	},
};

/** Where its settings are not read, whether the provider is on is not known. */
function takes(requested: RequestedClass, claimant: Claimant): boolean | undefined {
	const wouldTake = takesIfOn(requested, claimant);
	return wouldTake && !areProvidersKnown(claimant.flags) ? undefined : wouldTake;
}

/**
Provider.shouldProcess: a class name counts where an IngressClass of the controller's value is there at all; else the annotation
is compared with the flag, and without one a flag decides.
*/
function takesIfOn({className, annotation}: RequestedClass, {flags, classes}: Claimant): boolean | undefined {
	const own = flags[`${provider}.ingressclass`] || 'nginx';
	const byName = isOn(flags[`${provider}.ingressclassbyname`]);
	const value = flags[`${provider}.controllerclass`] || 'k8s.io/ingress-nginx';
	if (className !== undefined && !classes) {
		return className === own ? true : undefined;
	}

	const ownClasses = (classes ?? []).filter(
		({name, controller}) => controller === value || (byName && name === own),
	);
	if (className !== undefined && ownClasses.length > 0) {
		return ownClasses.some(({name}) => name === className);
	}

	return annotation === undefined ? isOn(flags[`${provider}.watchingresswithoutclass`]) : annotation === own;
}

/** parseBackendProtocol. It verifies certificates only where proxy-ssl-verify is on. */
function speaks({ingress, scheme}: ProtocolInput): SpokenProtocol {
	return backendProtocolOf(ingress, scheme === 'https' && asksForPassthrough(ingress));
}

/** All that 3.5 and 3.6 read (annotations.go). */
const readBefore =
	/^(?:auth-(?:type|secret|realm|secret-type|url|response-headers)|(?:force-)?ssl-redirect|ssl-passthrough|use-regex|affinity|session-cookie-(?:name|secure|path|domain|samesite|max-age)|service-upstream|backend-protocol|proxy-ssl-(?:secret|verify|name|server-name)|enable-cors|cors-(?:allow-credentials|expose-headers|allow-headers|allow-methods|allow-origin|max-age))$/u;

/** Annotations of ingress-nginx that no version reads, and that decide about requests. */
const readByNone =
	/^(?:denylist-source-range|satisfy|auth-proxy-set-headers|auth-tls-match-cn|auth-tls-error-page|mirror-target|stream-snippet|canary-weight-by-.*)$/u;

function ignores(annotation: string, version: Version | undefined): boolean {
	const name = annotation.replace(/^.*\//u, '');
	return isBefore(version, firstWithAll) ? !readBefore.test(name) : readByNone.test(name);
}

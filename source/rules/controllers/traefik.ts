import type {RequestedClass} from '../ingress/requested-class.ts';
import type {Ingress} from '../../model/routes/ingress.ts';
import {byClassObject, isOn} from './record/classes.ts';
import type {ControllerRecord} from './record/record.ts';
import type {Claimant} from './record/ingress-side.ts';
import {entryPointOf} from './traefik/entry-point.ts';
import {traefikForNginx} from './traefik/nginx-provider/record.ts';
import {traefikImages} from './traefik/images.ts';
import {areProvidersKnown, runsProvider} from './traefik/providers.ts';
import {middlewaresOf} from './traefik/middlewares.ts';
import {traefikGateway} from './traefik/gateway.ts';
import {routeByTraefik} from './traefik/route.ts';
import {missingTlsOption} from './traefik/tls-options.ts';
import {routerOf} from './traefik/router.ts';
import {verifiesByAddress} from './traefik/servers-transport.ts';
import {whyNotRouted} from './traefik/service.ts';
import type {Flags} from './record/facts.ts';

const provider = 'providers.kubernetesingress';
const serversTransport = 'traefik.ingress.kubernetes.io/service.serverstransport';
const controllerNames = ['traefik.io/ingress-controller'];

/** Traefik 3. k3s and RKE2 ship it as an add-on. */
export const traefik: ControllerRecord = {
	implementation: 'Traefik',
	sources: [
		'traefik/traefik 3.6: pkg/provider/kubernetes/ingress/kubernetes.go, pkg/provider/kubernetes/gateway, pkg/muxer/http',
		'a running Traefik 3.6.13',
	],
	images: traefikImages,
	names: ['traefik'],
	flags: [provider],
	annotations: ['traefik.ingress.kubernetes.io/'],
	// Where there is a file, flags are not read (cmd/traefik, loaders; docs, static configuration).
	settings: {
		type: 'file',
		flag: 'configfile',
		usual: ['/etc/traefik/traefik.toml', '/etc/traefik/traefik.yaml', '/etc/traefik/traefik.yml'],
		replacesFlags: true,
		usualNames: ['traefik'],
		mayBe: {},
	},
	ingress: {
		profile: 'traefik',
		controllerNames,
		annotationClasses: ['traefik'],
		classFlag: `${provider}.ingressclass`,
		takes,
		readsIngresses,
		namespaceFlag: `${provider}.namespaces`,
		route: routeByTraefik,
		entryPointOf,
		middlewaresOf,
		leavesOutBroken: true,
		whyNotRouted,
		whyNoHandshake: missingTlsOption,
		sendsToService: (_ingress, service) =>
			service?.annotations['traefik.ingress.kubernetes.io/service.nativelb'] === 'true',
		bypassesProxy: (flags) => !isOn(flags[`${provider}.nativelbbydefault`]),
		// It reads the condition `serving`, which a terminating pod still has (loadService).
		chooses: 'serving',
		// loadService: by the port, or by the annotation of the Service.
		speaks({service, port}, flags) {
			const scheme = service.annotations['traefik.ingress.kubernetes.io/service.serversscheme'];
			const tls =
				scheme === undefined
					? port?.port === 443 || port?.name.startsWith('https') === true
					: scheme === 'https';
			return {
				tls,
				distrusts:
					tls && service.annotations[serversTransport] === undefined && verifiesByAddress(flags)
						? serversTransport
						: undefined,
				http2: scheme === 'h2c',
				setBy: 'annotation traefik.ingress.kubernetes.io/service.serversscheme of the Service',
			};
		},
		// A host is looked at before IngressRouteTCPs are, and a rule without one after them.
		rankOf: (rule, flags) => [rule.host === '' ? 1 : 3, routerOf(rule, flags)?.priority ?? 0],
		whyWins: ({ingress}) => (hasPriority(ingress) ? 'its router.priority' : 'its longer rule'),
		orderRemedy:
			'Set annotation traefik.ingress.kubernetes.io/router.priority on the Ingress that should go first.',
		ignoresDefaultBesideRules: true,
		passesThrough({annotations}) {
			const names = annotations['traefik.ingress.kubernetes.io/router.middlewares'];
			return names ? [`passes middlewares ${names}, which are not read`] : [];
		},
		schemeRemedy:
			'Set up TLS on that entry point, or set annotation traefik.ingress.kubernetes.io/router.tls.',
		// Without allowEmptyServices it makes no router to an empty Service: 404 (seen on 3.6.13).
		answers: ({flags}) => ({
			'no-rule': 'http-404',
			'no-backend': 'http-404',
			'no-endpoints':
				Object.keys(flags).length === 0 || isOn(flags[`${provider}.allowemptyservices`])
					? 'http-503'
					: 'http-404',
			// A failed look-up is a net.Error (ComputeStatusCode).
			unresolved: 'http-502',
			refused: 'http-502',
			unreachable: 'http-502',
			dropped: 'http-504',
			reset: 'http-502',
			// ComputeStatusCode: an error of TLS gives neither 502 nor 504.
			'backend-tls': 'http-500',
		}),
		unknowns: ({flags}, {isFound}) =>
			isFound && (Object.keys(flags).length === 0 || 'configfile' in flags)
				? ['its usual settings: its configuration file or environment is not read']
				: [],
	},
	gateway: traefikGateway,
	also: [traefikForNginx],
};

/** Provider.shouldProcessIngress of 3.6: without a flag it also takes Ingresses that have no class at all. */
function takes(requested: RequestedClass, claimant: Claimant): boolean | undefined {
	const {flags} = claimant;
	const own = flags[`${provider}.ingressclass`] ?? '';
	if (requested.className !== undefined) {
		const looksUp =
			!isOn(flags[`${provider}.disableingressclasslookup`]) &&
			!isOn(flags[`${provider}.disableclusterscoperesources`]);
		return (
			looksUp &&
			(own === '' || own === requested.className) &&
			byClassObject(requested, claimant, {controllers: controllerNames, usualNames: [own || 'traefik']})
		);
	}

	const annotation = requested.annotation ?? '';
	return annotation === own || (own === '' && annotation === 'traefik');
}

/** Only with its provider for Ingresses; a configuration file may turn it on too. */
function readsIngresses(flags: Flags): boolean {
	return !areProvidersKnown(flags) || runsProvider(flags, provider);
}

function hasPriority({annotations}: Ingress): boolean {
	return annotations['traefik.ingress.kubernetes.io/router.priority'] !== undefined;
}

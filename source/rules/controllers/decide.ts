import type {Ingress, IngressBackend} from '../../model/routes/ingress.ts';
import {lookup} from '../../model/snapshot.ts';
import {backendStateOf} from './record/backend-state.ts';
import type {BackendState, BackendView, RouteInput, RuleRef} from '../ingress/decision.ts';
import {selectedPods} from '../endpoint-slices/selected-pods.ts';
import {memoize} from '../memoize.ts';
import {rulesOf} from '../ingress/rules.ts';
import type {HttpRequest} from '../../model/request.ts';
import type {IngressSide} from './record/ingress-side.ts';
import {ingressSide} from './records.ts';
import {tlsEntriesFor, type TlsEntry} from '../ingress/tls-entries.ts';
import {proxyPortOf} from './record/target-port.ts';
import {secretNamespace} from './record/secret-namespace.ts';
import {sameRule} from '../ingress/same-rule.ts';
import type {DecideInput} from './decide-input.ts';
import {type Decided, withUnreadSettings, withGuard, withCredentials, withSources} from './decided.ts';

/** Routes a request twice: as things are, and as they are meant. */
export function decide(input: DecideInput): Decided {
	const {controller, request, ingresses, snapshot} = input;
	const side = ingressSide(controller);
	const stateOf: BackendView = (ingress, backend) => backendState(input, ingress, backend);
	const {middlewaresOf} = side;
	const route: RouteInput = {
		request: concrete(request, ingresses),
		ingresses,
		settings: controller.flags,
		version: controller.version,
		backendState: stateOf,
		serviceOf: ({namespace}, backend) =>
			backend.type === 'service' ? snapshot.get('Service', namespace, backend.name) : undefined,
		secureHosts:
			side.tls && (request.scheme === 'https' || side.tls.decidesHttp) ? secureHosts(input) : undefined,
		entryPoint: side.entryPointOf?.(snapshot, controller, request),
		proxyPort: () => proxyPortOf(snapshot, controller, request),
		middlewares: middlewaresOf && (() => middlewaresOf(snapshot)),
		podLabelsOf: (service) => selectedPods(snapshot, service)?.map(({labels}) => labels),
	};
	const routed = withGuard(input, withUnreadSettings(input, route));
	const actual = withSources(input, withCredentials(input, routed));
	const {matched: intended} = side.route({...route, backendState: () => ({type: 'ready'})});
	const isLeftOut = side.leavesOutBroken && intended && !sameRule(actual.matched, intended);
	return {
		actual,
		intended,
		otherScheme: intended ? undefined : byOtherScheme(side, route),
		stateOf,
		leftOut: isLeftOut ? intended : undefined,
	};
}

/** Where a missing Secret ends the handshake, it serves no host. One that cannot be read counts as there. */
export function secureHosts(input: DecideInput): ReadonlySet<string> {
	const {snapshot, controller} = input;
	const {tls} = ingressSide(controller);
	const needsSecret = tls?.missingSecret !== undefined;
	const isServed = ({ingress, secretName, host}: TlsEntry): boolean => {
		const isBare = secretName === '' && tls?.needsSecret?.(controller.flags) === true;
		if (isBare || (host === '' && tls?.needsHosts)) {
			return false;
		}

		const namespace = secretNamespace(controller, ingress);
		const isUnknown =
			!needsSecret || namespace === undefined || (secretName === '' && tls?.needsSecret !== undefined);
		return (
			isUnknown ||
			(!('missing' in lookup(snapshot, 'Secret', namespace, secretName)) &&
				tls?.delegation?.permits(snapshot, {namespace, name: secretName}, ingress.namespace) !== false)
		);
	};
	return new Set(
		usableEntries(input)
			.filter(isServed)
			.map(({host}) => host),
	);
}

/** TLS entries that may be for the host, as the controller reads them. */
export function usableEntries({controller, request, ingresses}: DecideInput): readonly TlsEntry[] {
	const entries = tlsEntriesFor(ingresses)(request.host);
	return ingressSide(controller).tls?.needsRules
		? entries.filter(({host}) => host === '' || hostsOf(ingresses).has(host))
		: entries;
}

/** Only where a controller takes a rule over one scheme and not over the other. */
function byOtherScheme(side: IngressSide, route: RouteInput): RuleRef | undefined {
	if (!side.schemeRemedy) {
		return undefined;
	}

	const scheme = route.request.scheme === 'https' ? 'http' : 'https';
	return side.route({
		...route,
		request: {...route.request, scheme},
		entryPoint: {tls: scheme === 'https', isDefault: true},
		backendState: () => ({type: 'ready'}),
	}).matched;
}

/** A rule's own wildcard stands for any name below it: one that no rule has. */
function concrete(request: HttpRequest, ingresses: readonly Ingress[]): HttpRequest {
	if (!request.host.startsWith('*.')) {
		return request;
	}

	const taken = hostsOf(ingresses);
	const labels = ['any', 'any-name', 'some-other-name'];
	const host = labels.map((label) => `${label}${request.host.slice(1)}`).find((name) => !taken.has(name));
	return host ? {...request, host} : request;
}

const hostsOf = memoize(
	(ingresses: readonly Ingress[]): ReadonlySet<string> =>
		new Set(ingresses.flatMap(rulesOf).map(({host}) => host.toLowerCase())),
);

/**
A Service without endpoints is the endpoints hop's to say, even where Traefik makes no router of it. Slices are read only
for ingress-nginx's `default-backend` annotation, which depends on them.
*/
function backendState(
	{snapshot, controller}: DecideInput,
	ingress: Ingress,
	backend: IngressBackend,
): BackendState {
	if (backend.type === 'resource') {
		return {type: 'resource'};
	}

	const found = lookup(snapshot, 'Service', ingress.namespace, backend.name);
	if ('unknown' in found) {
		return {type: 'unknown'};
	}

	const side = ingressSide(controller);
	const {flags} = controller;
	const why = 'found' in found ? side.whyNotRouted?.(found.found, flags) : undefined;
	if (why !== undefined && 'found' in found) {
		return {type: 'not-routed', service: found.found, why};
	}

	return backendStateOf({
		side,
		backend,
		service: 'found' in found ? found.found : undefined,
		slices: side.needsEndpoints?.(ingress, flags)
			? snapshot.slicesOf(ingress.namespace, backend.name)
			: undefined,
	});
}

/** Some paths that a regular expression takes, for an Ingress that is looked at as a whole. */
export function samplePaths(urlPath: string): readonly string[] {
	const stem = urlPath.replace(/\/$/u, '');
	return [
		urlPath,
		`${stem}/`,
		`${stem}/a`,
		`${stem}/1`,
		`${stem}a`,
		`${stem}1`,
		`${stem}/1/a`,
		`${stem}/a/1`,
	];
}

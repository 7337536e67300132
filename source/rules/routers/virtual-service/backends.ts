import type {IstioDestination} from '../../../model/routes/istio.ts';
import {refOf} from '../../../model/ref.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import {resolve, type Resolved} from '../../istio/destinations.ts';
import {domainFit} from '../../istio/hosts.ts';
import type {GatewayProxy, ProxyServer} from '../../istio/servers.ts';
import {shared, type RouterBackend} from '../backends.ts';
import {registryOf} from '../../controllers/istio/registry.ts';

/** What a route sends to, and what of it is not known. */
export type Routed = {
	readonly backends: readonly RouterBackend[];
	readonly undecided: readonly string[];
};

type Input = {
	readonly snapshot: Snapshot;
	readonly proxy: GatewayProxy;
	readonly server: ProxyServer;
	/** Namespace of the VirtualService. */
	readonly namespace: string;
	/** `spec.http[0].route`. */
	readonly field: string;
	readonly route: readonly IstioDestination[];
};

/** Source: istio/istio of 2026-08-22, route.go, applyHTTPRouteDestination: a lone destination needs no weight, and of several 0 is none. */
export function routed(input: Input): Routed {
	const {snapshot, route} = input;
	const each = route.map((destination, index) => backend(input, destination, index));
	const backends = each.map((one) => one.backend);
	const isLone = route.length === 1;
	const weightless = !isLone && route.every(({weight}) => weight === 0);
	return {
		backends: isLone ? backends.map((one) => ({...one, weight: 1})) : shared(backends, 'none'),
		undecided: [
			...(weightless ? ['what Envoy does with destinations of which all weights are 0'] : []),
			...each.filter(({backend: {weight}}) => isLone || weight > 0).flatMap(({open}) => open),
			...unreadKinds(snapshot, route),
		],
	};
}

/** Without the DestinationRules nobody knows the subsets, and what is spoken to the pods. */
function unreadKinds(snapshot: Snapshot, route: readonly IstioDestination[]): readonly string[] {
	const needsRules = route.some(({subset}) => subset !== '');
	const state = snapshot.state('DestinationRule');
	const isAbsent = state.state === 'absent';
	return needsRules && !isKnown(state) && !isAbsent ? ['DestinationRules, which may not be read'] : [];
}

type Backend = {readonly backend: RouterBackend; readonly open: readonly string[]};

function backend(input: Input, destination: IstioDestination, index: number): Backend {
	const {snapshot, server, namespace} = input;
	const registry = registryOf(snapshot, input.proxy);
	const found = resolve(destination, {from: namespace, serverPort: server.server.port.number, registry});
	const field = `${input.field}[${index}].destination`;
	const base = {kind: 'Service', weight: destination.weight, share: 1, field};
	switch (found.type) {
		case 'service': {
			const {service, port, subset} = found;
			return {
				backend: {
					...base,
					namespace: service.namespace,
					name: service.name,
					port,
					servicePort: {number: port},
					subset: subset && {
						name: subset.name,
						labels: subset.labels,
						object: refOf('DestinationRule', subset.rule),
					},
				},
				open: tlsDoubt(found),
			};
		}

		case 'missing':
			return {backend: missing(base, found, destination), open: []};
		case 'other-host':
			return otherHost(snapshot, base, {...found, domain: registry.domain});
	}
}

type Base = Pick<RouterBackend, 'kind' | 'weight' | 'share' | 'field'>;

function missing(
	base: Base,
	{what, host, port, service, rules}: Extract<Resolved, {type: 'missing'}>,
	{subset}: IstioDestination,
): RouterBackend {
	const [name = '', namespace = ''] = host.split('.');
	const named = {...base, namespace: service?.namespace ?? namespace, name: service?.name ?? name, port};
	switch (what) {
		case 'service':
			return {...named, problem: {type: 'no-service'}};
		case 'port':
			return {...named, problem: {type: 'no-port'}};
		case 'subset': {
			const which = rules.length > 0 ? rules.map((rule) => `${rule.namespace}/${rule.name}`).join(', ') : '';
			const why = which
				? `DestinationRule ${which} has no subset ${subset}`
				: `no DestinationRule has subset ${subset}`;
			const remedy = `Add subset ${subset} to a DestinationRule of ${host}, or name one that is there.`;
			return {...named, problem: {type: 'not-routed', why, remedy}};
		}
	}
}

/** A host that is no Service: a ServiceEntry may have it. */
function otherHost(
	snapshot: Snapshot,
	base: Base,
	{host, port, domain}: Extract<Resolved, {type: 'other-host'}> & {readonly domain: string},
): Backend {
	const state = snapshot.state('ServiceEntry');
	const entry = snapshot
		.list('ServiceEntry')
		.find(({hosts}) => hosts.some((each) => domainFit(each === '' ? '*' : each, host) > 0));
	const named = {...base, kind: 'Host', namespace: '', name: host, port};
	if (entry) {
		return {
			backend: named,
			open: [`ServiceEntry ${entry.namespace}/${entry.name}, by which ${host} is reached`],
		};
	}

	const [name = '', namespace = ''] = host.split('.');
	const remedy = snapshot.get('Service', namespace, name)
		? `Write ${name}.${namespace}.svc.${domain}: a host with a dot is taken as it is.`
		: `Add a ServiceEntry for ${host}, or correct the host.`;
	const why = 'no Service and no ServiceEntry has this host';
	return isKnown(state) || state.state === 'absent'
		? {backend: {...named, problem: {type: 'not-routed', why, remedy}}, open: []}
		: {backend: named, open: [`whether a ServiceEntry has the host ${host}`]};
}

/** What a DestinationRule makes the proxy speak must be what the pods hear. */
function tlsDoubt({service, port, tls}: Extract<Resolved, {type: 'service'}>): readonly string[] {
	if (!tls) {
		return [];
	}

	const {mode, rule} = tls;
	const own = service.ports.find((each) => each.port === port);
	const words = [own?.appProtocol ?? '', own?.name ?? ''].join(' ').toLowerCase();
	const speaksTls = /\b(?:https|tls)\b/u.test(words) || own?.port === 443;
	return speaksTls && (mode === 'SIMPLE' || mode === 'MUTUAL')
		? []
		: [
				`whether the pods of Service ${service.name} take the TLS (${mode}) of DestinationRule ${rule.namespace}/${rule.name}`,
			];
}

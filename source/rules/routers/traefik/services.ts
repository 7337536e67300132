import {isHeld} from '../../../model/snapshot.ts';
import {stateOfSlices} from '../../slices-state.ts';
import type {TraefikServiceRef} from '../../../model/routes/ingress-route.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import {isHeadless, type ServicePort} from '../../../model/services/service.ts';
import {verifiesByAddress} from '../../controllers/traefik/servers-transport.ts';
import type {Flags} from '../../controllers/record/facts.ts';
import {isOn} from '../../controllers/record/classes.ts';
import {backendOf, shared, type RouterBackend, type RouterProtocol} from '../backends.ts';

export const provider = 'providers.kubernetescrd';

export type Reached = {
	readonly backends: readonly RouterBackend[];
	/** Why Traefik makes no router: another part of the rule than a Service. */
	readonly fault?: string;
	readonly undecided: readonly string[];
	/** A service of Traefik itself: its API, its dashboard. */
	readonly internal?: string;
};

type ReachInput = {
	readonly snapshot: Snapshot;
	readonly flags: Flags;
	readonly namespace: string;
	/** IngressRouteTCP goes by `ready`, and takes no TraefikService. */
	readonly isTcp?: boolean;
};

const deepest = 10;

/** What a route's services lead to (configBuilder.nameAndService, loadServers). */
export function reached(input: ReachInput, refs: readonly TraefikServiceRef[], field: string): Reached {
	return levelOf(input, refs, {field, depth: 0});
}

type Level = {readonly field: string; readonly depth: number};

function levelOf(input: ReachInput, refs: readonly TraefikServiceRef[], {field, depth}: Level): Reached {
	const parts = refs.map((ref, index) => ({
		ref,
		part: partOf(input, ref, {field: `${field}[${index}]`, depth}),
	}));
	const weights = parts.map(({ref}) => (refs.length === 1 ? 1 : (ref.weight ?? 1)));
	const sum = weights.reduce((total, weight) => total + weight, 0);
	return {
		backends: parts.flatMap(({part}, index) =>
			part.backends.map((backend) => ({
				...backend,
				weight: weights[index] ?? 1,
				share: sum === 0 ? 0 : ((weights[index] ?? 1) / sum) * backend.share,
			})),
		),
		fault: parts.find(({part}) => part.fault !== undefined)?.part.fault,
		undecided: parts.flatMap(({part}) => part.undecided),
		internal: parts.find(({part}) => part.internal !== undefined)?.part.internal,
	};
}

const nothing: Reached = {backends: [], undecided: []};

function partOf(input: ReachInput, ref: TraefikServiceRef, level: Level): Reached {
	const {name, kind} = ref;
	const namespace = ref.namespace ?? input.namespace;
	if (name.includes('@')) {
		return name.endsWith('@internal')
			? {...nothing, internal: name}
			: {...nothing, undecided: [`where service ${name} leads`]};
	}

	if (namespace !== input.namespace && !isOn(input.flags[`${provider}.allowcrossnamespace`])) {
		return {
			...nothing,
			fault: `${kind || 'Service'} ${namespace}/${name} is in another namespace (allowCrossNamespace is off)`,
		};
	}

	const unread = ref.unread.map((each) => `what ${each} of service ${name} does`);
	if (kind === 'TraefikService') {
		const found = traefikService(input, {namespace, name}, level);
		return {...found, undecided: [...found.undecided, ...unread]};
	}

	const fault = kind === '' || kind === 'Service' ? transportFault(input, ref) : undefined;
	if (fault) {
		return {...nothing, fault};
	}

	return kind === '' || kind === 'Service'
		? {backends: shared([serviceBackend(input, ref, level.field)], 'equal'), undecided: unread}
		: {...nothing, fault: `service kind ${kind} is not supported`};
}

/**
Without the transport Traefik builds no proxy for the servers, and no router (pkg/server/service/service.go). It is looked for in the
namespace of the route, and in older versions in that of the Service (traefik/traefik#8431).
*/
function transportFault(
	{snapshot, namespace: own, isTcp}: ReachInput,
	{serversTransport: name, namespace = own}: TraefikServiceRef,
): string | undefined {
	if (isTcp || name === undefined || name.includes('@')) {
		return undefined;
	}

	const isMissing = [own, namespace].every(
		(place) => 'missing' in lookup(snapshot, 'ServersTransport', place, name),
	);
	return isMissing ? `ServersTransport ${own}/${name} does not exist` : undefined;
}

function traefikService(
	input: ReachInput,
	{namespace, name}: {readonly namespace: string; readonly name: string},
	{depth}: Level,
): Reached {
	const found = lookup(input.snapshot, 'TraefikService', namespace, name);
	if ('unknown' in found) {
		return {...nothing, undecided: [`where TraefikService ${namespace}/${name} leads`]};
	}

	if ('missing' in found || depth > deepest) {
		return {...nothing, fault: `TraefikService ${namespace}/${name} does not exist`};
	}

	const {type, services} = found.found;
	if (type === 'none') {
		return {...nothing, fault: `TraefikService ${namespace}/${name} has no type that is known`};
	}

	const field = `TraefikService ${namespace}/${name} spec.${type}`;
	const inner = levelOf({...input, namespace}, services, {field, depth: depth + 1});
	return type === 'failover'
		? {...inner, undecided: [...inner.undecided, `which side of the failover ${name} is used`]}
		: inner;
}

/** loadServers. */
function serviceBackend(input: ReachInput, ref: TraefikServiceRef, field: string): RouterBackend {
	const {snapshot, flags} = input;
	const {name, port, weight = 1} = ref;
	const namespace = ref.namespace ?? input.namespace;
	const isNative = ref.nativeLb ?? isOn(flags[`${provider}.nativelbbydefault`]);
	return backendOf(
		snapshot,
		{namespace, name, port, weight, field},
		{
			portOf: ({ports}, wanted) =>
				ports.find((each) => each.port === wanted || (each.name !== '' && each.name === wanted)),
			whyNotRouted: (service) =>
				service.type === 'ExternalName' && !isOn(flags[`${provider}.allowexternalnameservices`])
					? 'it is of type ExternalName, which allowExternalNameServices allows'
					: isNative && isHeadless(service)
						? 'it is headless, and nativeLB sends to the cluster IP'
						: undefined,
			sendsToService: ({type}) => isNative && type !== 'ExternalName',
			speaks: input.isTcp ? undefined : (_, servicePort) => protocolOf(ref, servicePort, flags),
		},
	);
}

/** parseServiceProtocol (pkg/provider/kubernetes/crd/kubernetes_http.go). */
function protocolOf(
	{scheme, serversTransport}: TraefikServiceRef,
	port: ServicePort,
	flags: Flags,
): RouterProtocol {
	const tls = scheme === undefined ? port.port === 443 || port.name.startsWith('https') : scheme === 'https';
	return {
		tls,
		distrusts:
			tls && serversTransport === undefined && verifiesByAddress(flags) ? 'serversTransport' : undefined,
		http2: scheme === 'h2c',
		setBy:
			scheme === undefined ? 'the number or name of the port' : 'scheme of the service in the IngressRoute',
	};
}

/** No endpoint to send to: Traefik then makes no router, unless allowEmptyServices says else. Undefined: not known. */
export function isEmpty({snapshot, flags, isTcp}: ReachInput, backend: RouterBackend): boolean {
	const {namespace, name, servicePort, throughProxy, problem} = backend;
	const service = snapshot.get('Service', namespace, name);
	if (
		problem ||
		throughProxy ||
		!service ||
		service.type === 'ExternalName' ||
		isOn(flags[`${provider}.allowemptyservices`])
	) {
		return false;
	}

	const slices = snapshot.slicesOf(namespace, name);
	const port = servicePort?.name ?? '';
	const isRead = isHeld(stateOfSlices(snapshot, service));
	return (
		isRead &&
		!slices.some(
			({ports, endpoints}) =>
				ports.some((each) => each.name === port && each.port !== undefined) &&
				endpoints.some(({ready, serving}) => (isTcp ? ready : serving)),
		)
	);
}

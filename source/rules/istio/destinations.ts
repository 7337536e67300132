import type {DestinationRule, DestinationSubset, IstioDestination} from '../../model/routes/istio.ts';
import type {Labels} from '../../model/meta.ts';
import type {Service} from '../../model/services/service.ts';
import {domainFit, fullName} from './hosts.ts';
import {olderFirst} from './servers.ts';
import {isExportedTo} from './is-exported-to.ts';

/** Where a destination leads. */
export type Resolved =
	| {
			readonly type: 'service';
			readonly service: Service;
			readonly port: number;
			/** Labels that its pods have besides. */
			readonly subset?: DestinationSubset & {readonly rule: DestinationRule};
			readonly tls?: PolicyTls;
	  }
	/** No such cluster in Envoy: 503. `port`: the Service lacks it. `subset`: no DestinationRule has it. */
	| {
			readonly type: 'missing';
			readonly what: 'service' | 'port' | 'subset';
			readonly host: string;
			readonly port: number;
			readonly service?: Service;
			/** The DestinationRules of the host that were looked at. */
			readonly rules: readonly DestinationRule[];
	  }
	/** A host that is no Service of the cluster: of a ServiceEntry, or of nobody. */
	| {readonly type: 'other-host'; readonly host: string; readonly port: number};

/** What a DestinationRule makes the proxy speak to the pods. */
export type PolicyTls = {readonly mode: string; readonly rule: DestinationRule};

export type Registry = {
	/** The cluster's domain. */
	readonly domain: string;
	readonly service: (namespace: string, name: string) => Service | undefined;
	readonly rules: readonly DestinationRule[];
	/** Of the proxy. */
	readonly namespace: string;
	readonly labels: Labels;
	/** Where the rules of the whole mesh stand. */
	readonly rootNamespace: string;
};

/**
Source: istio/istio of 2026-08-22, pilot/pkg/networking/core/route/route.go, GetDestinationCluster: without a port the only one of
the Service, else that of the server.
*/
export function resolve(
	destination: IstioDestination,
	{
		from,
		serverPort,
		registry,
	}: {readonly from: string; readonly serverPort: number; readonly registry: Registry},
): Resolved {
	const {domain} = registry;
	const named = fullName(destination.host, {namespace: from, domain}).toLowerCase();
	const first = serviceOf(named, registry);
	const [only] = first?.ports ?? [];
	const port = destination.port ?? (first?.ports.length === 1 && only ? only.port : serverPort);
	// An ExternalName is another name of the host behind it, with the port of its own.
	const host = first?.type === 'ExternalName' ? (first.externalName ?? '').toLowerCase() : named;
	const service = host === named ? first : serviceOf(host, registry);
	if (!service) {
		return host.endsWith(`.svc.${domain}`)
			? {type: 'missing', what: 'service', host, port, rules: []}
			: {type: 'other-host', host, port};
	}

	const rules = rulesFor(host, service, registry);
	if (!service.ports.some((each) => each.port === port && each.protocol === 'TCP')) {
		return {type: 'missing', what: 'port', host, port, service, rules};
	}

	const found = subsetOf(rules, destination.subset);
	return destination.subset !== '' && !found
		? {type: 'missing', what: 'subset', host, port, service, rules}
		: {type: 'service', service, port, subset: found, tls: unlessPlain(saidTlsOf(rules, found, port))};
}

/** What DestinationRules make the proxy speak to a port of a Service. */
export function policyTls(service: Service, port: number, registry: Registry): PolicyTls | undefined {
	return unlessPlain(saidTls(service, port, registry));
}

/** The same with DISABLE, which makes it speak plain text where it would find out by itself (auto mTLS). */
export function saidTls(service: Service, port: number, registry: Registry): PolicyTls | undefined {
	const host = `${service.name}.${service.namespace}.svc.${registry.domain}`;
	return saidTlsOf(rulesFor(host, service, registry), undefined, port);
}

/** By a connection pool, whatever the port is called. */
export function mayUseHttp2(service: Service, registry: Registry): boolean {
	const host = `${service.name}.${service.namespace}.svc.${registry.domain}`;
	return rulesFor(host, service, registry).some((rule) => rule.mayUseHttp2);
}

function serviceOf(host: string, {domain, service}: Registry): Service | undefined {
	const suffix = `.svc.${domain}`;
	const [name, namespace, ...more] = host.endsWith(suffix) ? host.slice(0, -suffix.length).split('.') : [];
	return name !== undefined && namespace !== undefined && more.length === 0
		? service(namespace, name)
		: undefined;
}

/**
The DestinationRules of a host that a proxy has: those of its own namespace, else those of the Service's, else those of the root
namespace. Of one namespace the most specific host counts, and rules of one host are one. Source: push_context.go, destinationRule;
destination_rule.go, mergeDestinationRule.
*/
function rulesFor(host: string, service: Service, registry: Registry): readonly DestinationRule[] {
	const {namespace, rootNamespace} = registry;
	const own = namespace === rootNamespace ? [] : rulesOf(host, namespace, registry, () => true);
	const places = [...new Set([service.namespace, rootNamespace])];
	return places.reduce(
		(found, place) =>
			found.length > 0 ? found : rulesOf(host, place, registry, (rule) => isExportedTo(rule, namespace)),
		own,
	);
}

function rulesOf(
	host: string,
	place: string,
	{rules, labels}: Registry,
	isSeen: (rule: DestinationRule) => boolean,
): readonly DestinationRule[] {
	const there = rules
		.filter((rule) => rule.namespace === place && isForProxy(rule, labels))
		.map((rule) => ({
			rule,
			fit: domainFit(fullName(rule.host, {namespace: place, domain: domainOf(host)}).toLowerCase(), host),
		}))
		.filter(({fit}) => fit > 0);
	const best = Math.max(0, ...there.map(({fit}) => fit));
	return there
		.filter(({fit, rule}) => fit === best && isSeen(rule))
		.map(({rule}) => rule)
		.toSorted(olderFirst);
}

function domainOf(host: string): string {
	return host.slice(host.indexOf('.svc.') + '.svc.'.length);
}

function isForProxy({workloadSelector}: DestinationRule, labels: Labels): boolean {
	return (
		workloadSelector === undefined ||
		Object.entries(workloadSelector).every(([key, value]) => labels[key] === value)
	);
}

function subsetOf(
	rules: readonly DestinationRule[],
	name: string,
): (DestinationSubset & {readonly rule: DestinationRule}) | undefined {
	const [found] = rules.flatMap((rule) =>
		rule.subsets.filter((subset) => name !== '' && subset.name === name).map((subset) => ({...subset, rule})),
	);
	return found;
}

/** The subset's word counts before the port's, and the port's before the rule's. */
function saidTlsOf(
	rules: readonly DestinationRule[],
	subset: ReturnType<typeof subsetOf>,
	port: number,
): PolicyTls | undefined {
	const rule = rules.find(({tlsMode, portTls}) => tlsMode !== undefined || portTls[port] !== undefined);
	const mode = subset?.tlsMode ?? rule?.portTls[port] ?? rule?.tlsMode;
	const by = subset?.tlsMode === undefined ? rule : subset.rule;
	return mode !== undefined && by ? {mode, rule: by} : undefined;
}

function unlessPlain(said: PolicyTls | undefined): PolicyTls | undefined {
	return said?.mode === 'DISABLE' ? undefined : said;
}

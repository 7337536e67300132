import type {BackendRef, Route, RouteFilter} from '../../model/routes/gateway.ts';
import type {Service} from '../../model/services/service.ts';
import {isKnown, lookup, type KindState, type Snapshot} from '../../model/snapshot.ts';
import {aliasTarget} from '../cluster-dns/answers/alias-target.ts';
import {dnsConfigOf} from '../cluster-dns/corefile/dns-config-of.ts';
import {matchHost} from '../host-match.ts';
import {fateByFilter} from './backend-filters.ts';
import {grantOf} from './grants.ts';
import {gatewayGroup} from './listeners/listeners.ts';
import type {ParentStatus} from './parent-status.ts';
import type {GatewayProfile} from './profile.ts';
import {wordOn} from './refs-word.ts';

/** What one backendRef leads to. Reasons as in the condition ResolvedRefs (apis/v1 RouteConditionReason). */
export type BackendState =
	| {readonly state: 'resolved'; readonly service: Service}
	/** Of a kind outside core Gateway API, which its controller resolves. */
	| {readonly state: 'extension'}
	/** Of such a kind, and the controller has said nothing of it. By the specification: reason InvalidKind. */
	| {readonly state: 'unknown-kind'}
	/** The controller says that it cannot resolve this reference. */
	| {readonly state: 'rejected'}
	/** Across namespaces, without a ReferenceGrant: reason RefNotPermitted. */
	| {readonly state: 'not-granted'}
	/** Reason BackendNotFound. */
	| {readonly state: 'missing-service'}
	/** The Service has no such port; no port given counts as well (apis/v1 BackendObjectReference.port). */
	| {readonly state: 'missing-port'; readonly service: Service}
	/** The controller does not send to ExternalName Services. */
	| {readonly state: 'external-name'; readonly service: Service}
	/** The port is of a protocol that the controller sends no HTTP to. */
	| {readonly state: 'other-protocol'; readonly service: Service; readonly protocol: string}
	/** It has a filter that its controller takes on no backend. */
	| {readonly state: 'filter-refused'; readonly filter: RouteFilter}
	/** Whether its filter is applied, passed over or refused is not known. */
	| {readonly state: 'filter-unknown'; readonly filter: RouteFilter}
	/** Its own filter redirects the client. */
	| {readonly state: 'redirects'; readonly filter: RouteFilter}
	/** The controller wants an EndpointSlice to be there. */
	| {readonly state: 'no-slices'; readonly service: Service}
	| {
			readonly state: 'unknown';
			readonly kind: 'Service' | 'ReferenceGrant' | 'ServiceEntry';
			readonly because: KindState;
	  };

export type Backend = {
	readonly ref: BackendRef;
	/** Of the target: its own, or the route's. */
	readonly namespace: string;
	readonly result: BackendState;
	/** Of the rule's requests, 0 to 1: weight over the sum of weights. */
	readonly share: number;
};

/** The backendRefs of a rule with what they resolve to and their share of the requests (apis/v1 BackendRef.weight). */
export function backendsOf(snapshot: Snapshot, {refs, ...context}: BackendRefs): readonly Backend[] {
	const all = refs.map((ref) => ({
		ref,
		namespace: ref.namespace ?? context.route.namespace,
		result: resolve(snapshot, ref, context),
	}));
	const valid = all.filter((backend) => !isInvalid(backend));
	const sharing = context.profile.sharesAmongValid && weightOf(valid) > 0 ? valid : all;
	const total = weightOf(sharing);
	return all.map((backend) => ({
		...backend,
		share: total === 0 || !sharing.includes(backend) ? 0 : Math.max(0, backend.ref.weight) / total,
	}));
}

function weightOf(backends: readonly Pick<Backend, 'ref'>[]): number {
	return backends.reduce((sum, {ref}) => sum + Math.max(0, ref.weight), 0);
}

/** Whether requests for this backend get an error from the gateway (apis/v1 HTTPRouteRule.backendRefs: 500). */
export function isInvalid({result}: Pick<Backend, 'result'>): boolean {
	return !servable.has(result.state);
}

/** What is not known may well be served. */
const servable: ReadonlySet<BackendState['state']> = new Set([
	'resolved',
	'extension',
	'unknown',
	'unknown-kind',
	'filter-unknown',
	'redirects',
]);

type BackendRefs = {
	readonly route: Route;
	readonly refs: readonly BackendRef[];
	readonly profile: GatewayProfile;
	/** What the controller says of the route. Absent: predicted from the objects alone. */
	readonly status?: ParentStatus;
};

function resolve(snapshot: Snapshot, ref: BackendRef, context: Omit<BackendRefs, 'refs'>): BackendState {
	const word = wordOn(context.route, context.status, ref);
	const predicted: BackendState =
		ref.group === '' && ref.kind === 'Service'
			? resolveService(snapshot, ref, {...context, word})
			: {state: word === 'resolves' ? 'extension' : 'unknown-kind'};
	const isDoubtful = predicted.state === 'resolved' || predicted.state === 'unknown-kind';
	const filtered =
		isDoubtful && ref.filters.length > 0
			? fateByFilter(ref, context.profile, word === 'resolves')
			: undefined;
	if (filtered && (filtered.state === 'filter-refused' || word !== 'fails')) {
		return filtered;
	}

	// What may not be read is known to the controller.
	if (word === 'fails' && (isDoubtful || predicted.state === 'unknown')) {
		return {state: 'rejected'};
	}

	// A setting of the controller may allow them.
	return word === 'resolves' &&
		predicted.state === 'external-name' &&
		context.profile.externalNames === 'if-resolved'
		? {state: 'resolved', service: predicted.service}
		: predicted;
}

function resolveService(
	snapshot: Snapshot,
	ref: BackendRef,
	{route, profile, word}: Omit<BackendRefs, 'refs'> & {readonly word: ReturnType<typeof wordOn>},
): BackendState {
	const namespace = ref.namespace ?? route.namespace;
	const grant = grantOf(snapshot, {
		from: {group: gatewayGroup, kind: route.routeKind, namespace: route.namespace},
		to: {group: '', kind: 'Service', namespace, name: ref.name},
	});
	if (grant.state === 'unknown' && word !== 'resolves') {
		return {state: 'unknown', kind: 'ReferenceGrant', because: grant.because};
	}

	return grant.state === 'not-granted'
		? {state: 'not-granted'}
		: findService(snapshot, ref, {
				namespace,
				profile,
				isHttp: route.routeKind === 'HTTPRoute' || route.routeKind === 'GRPCRoute',
			});
}

type Lookup = {readonly namespace: string; readonly profile: GatewayProfile; readonly isHttp: boolean};

function findService(
	snapshot: Snapshot,
	ref: BackendRef,
	{namespace, profile, isHttp}: Lookup,
): BackendState {
	const found = lookup(snapshot, 'Service', namespace, ref.name);
	if ('unknown' in found) {
		return {state: 'unknown', kind: 'Service', because: found.unknown};
	}

	if ('missing' in found) {
		return {state: 'missing-service'};
	}

	const service = found.found;
	const isAlias = service.type === 'ExternalName';
	const refused = isAlias ? refusedAlias(snapshot, service, profile) : undefined;
	if (refused) {
		return refused;
	}

	const [meant, ...more] = service.ports.filter(({port}) => port === ref.port);
	// ExternalName Services need not list ports.
	if (!meant && !(isAlias && service.ports.length === 0)) {
		return {state: 'missing-port', service};
	}

	if (isHttp && meant && ![meant, ...more].some(({protocol}) => profile.sendsTo(protocol))) {
		return {state: 'other-protocol', service, protocol: meant.protocol};
	}

	return profile.needsSlices && hasNoSlices(snapshot, service)
		? {state: 'no-slices', service}
		: {state: 'resolved', service};
}

/** Why it does not send to a Service of type ExternalName; undefined where it does. */
function refusedAlias(
	snapshot: Snapshot,
	service: Service,
	{externalNames}: GatewayProfile,
): BackendState | undefined {
	if (externalNames !== 'aliases') {
		return externalNames === 'always' ? undefined : {state: 'external-name', service};
	}

	if (aliasTarget(snapshot, service, dnsConfigOf(snapshot).domain)) {
		return undefined;
	}

	const entries = snapshot.state('ServiceEntry');
	const isNamed = snapshot
		.list('ServiceEntry')
		.some(({hosts}) =>
			hosts.some((host) => matchHost(host, service.externalName ?? '', {wildcard: 'suffix'}) > 0),
		);
	return isNamed
		? undefined
		: isKnown(entries) || entries.state === 'absent'
			? {state: 'external-name', service}
			: {state: 'unknown', kind: 'ServiceEntry', because: entries};
}

/** The controller of EndpointSlices makes at least an empty one for every Service with a selector. */
function hasNoSlices(snapshot: Snapshot, {namespace, name, selector, type}: Service): boolean {
	return (
		type !== 'ExternalName' &&
		!selector &&
		isKnown(snapshot.state('EndpointSlice', namespace)) &&
		snapshot.slicesOf(namespace, name).length === 0
	);
}

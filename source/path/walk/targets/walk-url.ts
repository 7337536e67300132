import {clientPod} from '../../../rules/client-pod.ts';
import type {Node} from '../../../model/workloads/node.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {commonHopKinds} from '../../hop-kind.ts';
import type {Path} from '../../report.ts';
import type {UrlTarget} from '../../target.ts';
import {hopContextOf, type WalkContext} from '../context.ts';
import type {Focus} from '../frontends/only-route.ts';
import {isMatched, type Frontend} from '../frontends/frontend.ts';
import {frontendPaths} from '../frontends/frontend-paths.ts';
import {gatewayFrontends} from '../frontends/gateway-frontends.ts';
import {isLoopbackName} from '../../dns/names/loopback-name.ts';
import {doorOf} from '../../load-balancer/doors.ts';
import {nothingAtNode, takesPort} from '../../load-balancer/nothing-at-node.ts';
import {matchHost} from '../../../rules/host-match.ts';
import {hostAliasOf} from '../../../rules/cluster-dns/client/host-alias.ts';
import {nodeOfAddress} from '../../../rules/node-of-address.ts';
import {ingressFrontends} from '../frontends/ingress-frontends.ts';
import {clusterName} from './cluster-url.ts';
import {withDifferences} from '../frontends/fronts-differ.ts';
import {withNearHosts} from '../frontends/host-not-named.ts';
import {judge} from '../path-verdict.ts';
import {offersTls, routerFrontends} from '../frontends/router-frontends.ts';
import {withoutTemplates} from '../frontends/made-of-ingresses.ts';
import {heldElsewhere, withoutFrontend} from '../frontends/no-frontend.ts';
import {notReached, skipped} from '../skipped.ts';
import {parentFindings} from '../../route/gateway/refused/parent-findings.ts';
import {withoutLower} from '../frontends/lower-frontends.ts';
import {isUnserved, withoutRivals} from '../frontends/unserved-rivals.ts';
import {isAddress, recordedAt, addressPaths} from './address-url.ts';

/** `https://host/path`: every way that rules of the cluster offer for the host. */
export function walkUrl(context: WalkContext, target: UrlTarget, focus: Focus = {}): readonly Path[] {
	const requested = withScheme(context, target);
	const {request} = requested;
	return pathsOf(context, requested, focus).map((path) => ({...path, request}));
}

function pathsOf(asked: WalkContext, requested: UrlTarget, focus: Focus): readonly Path[] {
	const title = titleOf(requested);
	const {context, frontends} = whereTaken(asked, requested, focus);
	const host = requested.request.connectTo ?? requested.request.host;
	// In a pod a loopback name is the pod itself, whatever rule or load balancer has the name.
	const isPodItself = context.from.kind === 'pod' && isLoopbackName(host);
	const isNamed = frontends.some(byName);
	const isRecord = !isNamed && recordedAt(context.snapshot, host) !== undefined;
	if (!focus.object && !isPodItself && (isAddress(context, host) || isRecord)) {
		return atAddress(context, {title, target: requested, host, frontends});
	}

	const isPassedBy = isPodItself || frontends.length === 0 || isLedElsewhere(context, host, frontends);
	const served = isPassedBy ? 'never' : isNamed ? 'by-name' : 'as-any';
	return (
		(focus.object ? undefined : clusterName(context, {title, target: requested, host, served})) ??
		frontendsOrNone(context, {title, target: requested, focus, frontends})
	);
}

/** The hosts file of the client (hostAliases) gives an address that is none of theirs: neither DNS nor their load balancers are asked. */
function isLedElsewhere(
	{snapshot, from}: WalkContext,
	host: string,
	frontends: readonly Frontend[],
): boolean {
	const ip = hostAliasOf(clientPod(snapshot, from), host);
	return (
		ip !== undefined &&
		nodeOfAddress(snapshot, ip) === undefined &&
		!frontends.some((frontend) => hasAddress(frontend, ip))
	);
}

/** Every front that names the host, also one whose rules do not take the request. */
export function frontendsOf(context: WalkContext, target: UrlTarget): readonly Frontend[] {
	return allFrontends(context, withScheme(context, target), {}).filter(byName);
}

const byName = ({fit}: Frontend): boolean => fit > 1;

/** Controllers know no limit to a namespace: where another one names the host, or no rule of this one takes it, all are looked at. */
function whereTaken(context: WalkContext, requested: UrlTarget, focus: Focus) {
	const frontends = allFrontends(context, requested, focus);
	const isTaken = frontends.some((frontend) => byName(frontend) && !isUnserved(frontend));
	if (context.namespace !== undefined && !focus.object && !isTaken) {
		const everywhere = {...context, namespace: undefined};
		const others = allFrontends(everywhere, requested, focus);
		if (others.some(byName) || frontends.length === 0) {
			return {context: everywhere, frontends: others};
		}
	}

	return {context, frontends};
}

function allFrontends(context: WalkContext, requested: UrlTarget, focus: Focus): readonly Frontend[] {
	const hopContext = hopContextOf(context);
	const limits = {namespace: context.namespace, ...focus};
	return [
		...ingressFrontends(hopContext, requested, limits),
		...gatewayFrontends(hopContext, requested, limits),
		...routerFrontends(hopContext, requested, limits),
	];
}

type Asked = {
	readonly title: string;
	readonly target: UrlTarget;
	readonly focus?: Focus;
	readonly frontends: readonly Frontend[];
};

function frontendsOrNone(context: WalkContext, asked: Asked): readonly Path[] {
	const {title, frontends} = asked;
	const held = heldElsewhere(context, asked, chosen(context.snapshot, frontends));
	if (held) {
		return [held];
	}

	if (frontends.length === 0 || isOfAnotherParent(context, asked)) {
		return [withoutFrontend(context, asked)];
	}

	const {focus, target} = asked;
	const paths = chosen(context.snapshot, frontends).flatMap((frontend) => frontendPaths(title, frontend));
	if (focus?.object) {
		return paths;
	}

	return frontends.some(byName)
		? withDifferences(paths, frontends, title)
		: withNearHosts(context.snapshot, paths, target.request.host);
}

/** A Gateway takes the host by a wildcard or for any, and the route that names it has a parent that is not followed. */
function isOfAnotherParent({snapshot, namespace}: WalkContext, {target, focus, frontends}: Asked): boolean {
	return (
		!focus?.object &&
		frontends.every((frontend) => !isMatched(frontend)) &&
		parentFindings(snapshot, target.request.host, {namespace}).some(({undecided}) => undecided)
	);
}

/** Who has the address decides: a controller by its rules, else the Service or the pod. */
function atAddress(context: WalkContext, asked: Asked & {readonly host: string}): readonly Path[] {
	const {host, frontends} = asked;
	const {snapshot} = context;
	const names = [host, ...(recordedAt(snapshot, host)?.loadBalancer ?? []).map(addressText)];
	const there = frontends.filter(
		(frontend) => names.some((name = '') => hasAddress(frontend, name)) || hasDoor(snapshot, frontend, host),
	);
	const isOfController =
		there.length > 0 ||
		[...snapshot.list('Ingress'), ...snapshot.list('Gateway')].some(({addresses}) =>
			addresses.some((address) => names.includes(addressText(address))),
		);
	if (isOfController) {
		return frontendsOrNone(context, {...asked, frontends: there});
	}

	const paths = addressPaths(context, asked);
	// Controllers on the host network and host ports answer at their nodes' addresses.
	const node = snapshot.list('Node').find(({addresses}) => addresses.some(({address}) => address === host));
	if (paths.length > 0 || !node || frontends.length === 0) {
		return paths;
	}

	// What is wrong with pods of a controller there is said by its own hops.
	return frontends.some((frontend) => mayListenAt(snapshot, frontend, node))
		? frontendsOrNone(context, asked)
		: [atNode(context, asked, node)];
}

function mayListenAt(snapshot: Snapshot, {controller, request, ingresses}: Frontend, node: Node): boolean {
	return (
		controller?.record.listensOnHost?.(snapshot, {request, ingresses}) !== false &&
		controller?.pods.some((pod) => pod.nodeName === node.name && takesPort(pod, request.port) !== 'no') ===
			true
	);
}

/** Nothing listens there: the node refuses. */
function atNode(
	{snapshot}: WalkContext,
	{title, target, host}: Asked & {readonly host: string},
	node: Node,
): Path {
	const stopped = nothingAtNode(snapshot, node, {address: host, port: target.request.port});
	const hops = commonHopKinds.map((kind) =>
		kind === 'load-balancer'
			? stopped
			: kind === 'dns'
				? skipped(kind, 'an address: no name to look up')
				: notReached(kind),
	);
	return judge({title, hops});
}

/** Its pods take requests at the address of their node. */
function hasDoor(snapshot: Snapshot, {controller, request, ingresses}: Frontend, host: string): boolean {
	return doorOf(snapshot, controller, {request, ingresses})?.addresses.includes(host) ?? false;
}

function hasAddress({service, addresses}: Frontend, host: string): boolean {
	const inside = service ? [...service.clusterIPs, ...service.externalIPs] : [];
	return (
		inside.includes(host) ||
		[...addresses, ...(service?.loadBalancer ?? [])].some((address) => addressText(address) === host)
	);
}

/** Statuses of Ingresses and Services have `ip` or `hostname`, those of Gateways a value. */
function addressText(address: {readonly ip?: string; readonly hostname?: string; readonly value?: string}) {
	return (address.value ?? address.ip ?? address.hostname)?.toLowerCase();
}

/** Ways whose rules take the request; where none does, the one that names the host best says why not. */
function chosen(snapshot: Snapshot, frontends: readonly Frontend[]): readonly Frontend[] {
	const matched = withoutTemplates(snapshot, frontends.filter(isMatched));
	const nearest = frontends.toSorted((a, b) => b.fit - a.fit).slice(0, 1);
	return matched.length > 0 ? naming(withoutLower(withoutRivals(matched))) : nearest;
}

/** A rule for any host takes only hosts that no other rule names, also where another controller has that rule. */
function naming(frontends: readonly Frontend[]): readonly Frontend[] {
	return frontends.some(({fit}) => fit > 1) ? frontends.filter(({fit}) => fit > 1) : frontends;
}

function titleOf({request, schemeGiven, text}: UrlTarget): string {
	const standard = request.port === (request.scheme === 'https' ? 443 : 80);
	return schemeGiven
		? text
		: `${request.scheme}://${request.host}${standard ? '' : `:${request.port}`}${request.urlPath}`;
}

/** A bare host is asked for over TLS where an Ingress or a Gateway offers that. */
function withScheme({snapshot}: WalkContext, target: UrlTarget): UrlTarget {
	const {request, schemeGiven} = target;
	if (schemeGiven || request.port !== 80) {
		return target;
	}

	const byIngress = snapshot
		.list('Ingress')
		.some(({tls}) =>
			tls.some(({hosts}) => hosts.some((host) => matchHost(host, request.host, {wildcard: 'one-label'}) > 1)),
		);
	return byIngress || offersTls(snapshot, request.host)
		? {...target, request: {...request, scheme: 'https', port: 443}}
		: target;
}

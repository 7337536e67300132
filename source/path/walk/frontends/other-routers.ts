import type {ForeignRoute} from '../../../model/routes/foreign-route.ts';
import {kubectl} from '../../../model/safe-text/command.ts';
import {apiKindOf, kubectlName, type Kind} from '../../../model/kinds.ts';
import {refText} from '../../../model/ref.ts';
import {followedRouters} from '../../../model/routes/router-kinds.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {matchHost} from '../../../rules/host-match.ts';
import {accessFinding} from '../../access.ts';
import {accessFindings} from '../../access-catalogue.ts';
import {mayBeMissing} from '../../controller/router/may-be-missing.ts';
import {objectField, finding, type Finding} from '../../finding.ts';
import {routeFindings} from '../../route/catalogue.ts';

/** Routers that knet does not follow: it reads only the hosts that they name. */
const unfollowed = [
	'VirtualServer',
	'KnativeIngress',
	'GlooVirtualService',
	'Mapping',
	'RouteGroup',
	'ApisixRoute',
	'TCPIngress',
	'TransportServer',
] as const satisfies readonly Kind[];

/** KNET419: an object of such a router may route the host, or nobody may say whether one does. */
export function otherRouters(
	snapshot: Snapshot,
	host: string,
	namespace: string | undefined,
): readonly Finding[] {
	const all = [...unfollowedFor(snapshot, host, namespace), ...answeringGateways(snapshot, host)];
	return all.length > 0 ? [named(`No Ingress and no route names ${host}`, all)] : unread(snapshot, namespace);
}

/** KNET419: rules name the host and none of them is served. An object of such a router may have the host. */
export function heldByOthers(snapshot: Snapshot, host: string): readonly Finding[] {
	const found = unfollowedFor(snapshot, host, undefined);
	return found.length > 0 ? [named(`No rule for ${host} is served`, found)] : [];
}

function unfollowedFor(snapshot: Snapshot, host: string, namespace: string | undefined): readonly Found[] {
	return unfollowed.flatMap((kind) =>
		snapshot
			.list(kind, namespace)
			.filter(({hosts}) => hosts.some((each) => matchHost(each, host, {wildcard: 'suffix'}) > 0))
			.map((route) => ({kind, route})),
	);
}

/** Servers of Istio that answer for a host without any rule: by a redirect to https, or by ending the handshake. */
function answeringGateways(snapshot: Snapshot, host: string): readonly Found[] {
	return snapshot.list('IstioGateway').flatMap((gateway) => {
		const hosts = gateway.servers
			.filter(({tls}) => tls?.httpsRedirect || tls?.mode === 'PASSTHROUGH')
			.flatMap((server) => server.hosts.map((each) => each.slice(each.indexOf('/') + 1)))
			.filter((each) => matchHost(each, host, {wildcard: 'suffix'}) > 1);
		return hosts.length > 0 ? [{kind: 'IstioGateway' as const, route: {...gateway, hosts}}] : [];
	});
}

type Found = {readonly kind: Kind; readonly route: Pick<ForeignRoute, 'namespace' | 'name' | 'hosts'>};

function named(what: string, found: readonly Found[]): Finding {
	const names = found.map(({kind, route}) => refText({kind, namespace: route.namespace, name: route.name}));
	return finding(routeFindings.otherRouter, {
		message: `${what}; ${names.slice(0, 3).join(', ')} may route it, which knet does not follow.`,
		evidence: found
			.slice(0, 5)
			.map(({kind, route}) =>
				objectField({...route, kind: apiKindOf(kind)}, 'spec', route.hosts.join(', ') || 'any host'),
			),
		remedy: 'Send the request, or read that object.',
	});
}

/** A list that is refused, that is not here yet, or that a file does not hold, leaves it open. */
function unread(snapshot: Snapshot, namespace: string | undefined): readonly Finding[] {
	const kinds = [...followedRouters, ...unfollowed];
	const refused = kinds.flatMap((kind) => {
		const state = snapshot.state(kind, namespace);
		return (state.state === 'absent' ? undefined : accessFinding(kind, namespace, state)) ?? [];
	});
	const missing = kinds.filter((kind) => mayBeMissing(snapshot, kind, namespace));
	return missing.length > 0 ? [...refused, notInInput(missing)] : refused;
}

/** KNET904 for all of them: which routers a stranger's cluster has is not known. */
function notInInput(kinds: readonly Kind[]): Finding {
	const names = kinds.map(apiKindOf);
	const more = names.length > 3 ? ` and ${names.length - 3} more kinds` : '';
	return finding(accessFindings.kindAbsent, {
		message: `The input holds no ${names.slice(0, 3).join(', ')}${more}: one of them may route the host.`,
		evidence: kinds.map((kind) => ({object: kubectlName(kind), path: 'input', value: 'none'})),
		remedy:
			'Write the file with knet snapshot FILE. Or add the CustomResourceDefinitions: they tell which of these kinds there are.',
		command: kubectl({}, 'get', 'customresourcedefinitions', '-o', 'json'),
	});
}

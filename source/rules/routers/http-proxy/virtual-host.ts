import type {HttpProxy} from '../../../model/routes/http-proxy.ts';
import {refOf} from '../../../model/ref.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import {matchHost} from '../../host-match.ts';
import type {RouterProblem} from '../router.ts';
import {isCurrent, refused, saidProblem, withoutHost} from './word.ts';

/** Roots by fqdn, in the order in which a host looks for its virtual host: the name itself, then the longest wildcard (Envoy, findVirtualHost). */
export function rootsFor(proxies: readonly HttpProxy[], host: string): readonly (readonly HttpProxy[])[] {
	const fitting = proxies.filter(
		({virtualHost}) => virtualHost && matchHost(virtualHost.fqdn, host, {wildcard: 'suffix'}) > 1,
	);
	const isWildcard = ([root]: readonly HttpProxy[]): boolean =>
		root !== undefined && fqdnOf(root).startsWith('*');
	return [...Map.groupBy(fitting, fqdnOf).values()].toSorted(
		(a, b) => Number(isWildcard(a)) - Number(isWildcard(b)) || fqdnOf(b[0]!).length - fqdnOf(a[0]!).length,
	);
}

function fqdnOf({virtualHost}: HttpProxy): string {
	return virtualHost?.fqdn.toLowerCase() ?? '';
}

/** computeHTTPProxy: why Contour makes no virtual host of a root at all. */
export function hostProblem(
	snapshot: Snapshot,
	root: HttpProxy,
	twins: readonly HttpProxy[],
): RouterProblem | undefined {
	const {virtualHost, routes, includes, tcpProxy} = root;
	if (twins.length > 1) {
		const names = twins.map(({namespace, name}) => `${namespace}/${name}`).join(', ');
		return refused(
			root,
			'spec.virtualhost.fqdn',
			`several HTTPProxies have this fqdn: ${names}`,
			root.virtualHost?.fqdn ?? '',
		);
	}

	if (!virtualHost || virtualHost.fqdn.trim() === '') {
		return refused(root, 'spec.virtualhost.fqdn', 'it has no fqdn', 'empty');
	}

	if (routes.length + includes.length === 0 && !tcpProxy) {
		return refused(root, 'spec', 'it has no route, no include and no tcpproxy', 'empty');
	}

	return rootProblem(root) ?? tlsProblem(snapshot, root) ?? tcpProblem(root);
}

/** Whatever else is right: no virtual host is made of such a root (computeHTTPProxy, internal/dag/httpproxy_processor.go). */
function rootProblem(root: HttpProxy): RouterProblem | undefined {
	return saidProblem(root, withoutHost);
}

/** Reasons with which computeHTTPProxy makes no virtual host. */
const ofTls = new Set(['SecretNotValid', 'DelegationNotPermitted', 'FallbackNotPresent', 'FallbackNotValid']);

function tlsProblem(snapshot: Snapshot, root: HttpProxy): RouterProblem | undefined {
	const tls = root.virtualHost?.tls;
	if (!tls) {
		return undefined;
	}

	if ((tls.secretName !== '') === tls.passthrough) {
		const why = `tls needs ${tls.passthrough ? 'one of' : ''} passthrough or secretName`.replace('  ', ' ');
		return refused(root, 'spec.virtualhost.tls', why, tls.secretName || 'no secretName');
	}

	const [namespace, name] = secretOf(root, tls.secretName);
	const isMissing = !tls.passthrough && 'missing' in lookup(snapshot, 'Secret', namespace, name);
	if (isMissing) {
		return {
			type: 'no-secret',
			object: refOf('HTTPProxy', root),
			field: 'spec.virtualhost.tls.secretName',
			value: tls.secretName,
			why: `Secret ${namespace}/${name} does not exist`,
		};
	}

	// A Secret is not read: what Contour says of its content, and of delegated ones, decides.
	const said = isCurrent(root) ? root.errors.find(({reason}) => ofTls.has(reason)) : undefined;
	return (
		said &&
		refused(root, 'spec.virtualhost.tls', `its status says ${said.reason}: ${said.message}`, tls.secretName)
	);
}

/** `NAMESPACE/NAME` names a Secret of another namespace, which a TLSCertificateDelegation has to allow. */
export function secretOf(root: HttpProxy, secretName: string): readonly [string, string] {
	const [first = '', ...rest] = secretName.split('/');
	return rest.length > 0 ? [first, rest.join('/')] : [root.namespace, first];
}

function tcpProblem(root: HttpProxy): RouterProblem | undefined {
	return root.tcpProxy && !root.virtualHost?.tls
		? refused(root, 'spec.tcpproxy', 'a tcpproxy needs tls with passthrough or secretName', 'no tls')
		: undefined;
}

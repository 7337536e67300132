import type {
	LinkerdAccount,
	LinkerdAuthentication,
	LinkerdAuthorization,
	LinkerdClients,
	LinkerdServerAuthorization,
} from '../../model/policies/linkerd-authorization.ts';
import {asCidr} from '../../model/matching/ip.ts';
import {projectOptionalSelector} from '../label-selector.ts';
import {projectMeta} from '../meta.ts';
import {optionalRecord, optionalText, record, records, text, texts, type Wire} from '../wire.ts';

/** Source of all four: linkerd.io, Authorization Policy (reference). */
export function projectNetworkAuthentication(wire: Wire): LinkerdAuthentication {
	return {...projectMeta(wire), clients: projectNetworks(record(wire['spec'])['networks'])};
}

export function projectMeshTlsAuthentication(wire: Wire): LinkerdAuthentication {
	const spec = record(wire['spec']);
	const meta = projectMeta(wire);
	const accounts = records(spec['identityRefs']).map((ref) => ({
		namespace:
			text(ref['kind']) === 'Namespace'
				? text(ref['name'])
				: optionalText(ref['namespace']) || meta.namespace,
		name: text(ref['kind']) === 'Namespace' ? '*' : text(ref['name']),
	}));
	return {...meta, clients: projectMeshed(texts(spec['identities']), accounts)};
}

export function projectLinkerdAuthorization(wire: Wire): LinkerdAuthorization {
	const spec = record(wire['spec']);
	const target = record(spec['targetRef']);
	const meta = projectMeta(wire);
	return {
		...meta,
		target: {kind: text(target['kind']), name: text(target['name'])},
		requires: records(spec['requiredAuthenticationRefs']).map((ref) => ({
			kind: text(ref['kind']),
			name: text(ref['name']),
			namespace: optionalText(ref['namespace']) || meta.namespace,
		})),
	};
}

export function projectServerAuthorization(wire: Wire): LinkerdServerAuthorization {
	const spec = record(wire['spec']);
	const server = record(spec['server']);
	const client = record(spec['client']);
	const meta = projectMeta(wire);
	const tls = optionalRecord(client['meshTLS']);
	const accounts = records(tls?.['serviceAccounts']).map((account) => ({
		namespace: optionalText(account['namespace']) || meta.namespace,
		name: text(account['name']),
	}));
	const meshed =
		tls?.['unauthenticatedTLS'] === true
			? projectMeshed(['*'], [])
			: projectMeshed(texts(tls?.['identities']), accounts);
	return {
		...meta,
		server: {name: optionalText(server['name']), selector: projectOptionalSelector(server['selector'])},
		clients: [projectNetworks(client['networks']), ...(client['unauthenticated'] === true ? [] : [meshed])],
	};
}

function projectNetworks(value: unknown): LinkerdClients {
	const networks = records(value).map(({cidr, except}) => ({
		cidr: asCidr(text(cidr)),
		except: texts(except),
	}));
	return {type: 'networks', networks: networks.length === 0 ? 'cluster' : networks};
}

/** An identity is `ACCOUNT.NAMESPACE.serviceaccount.identity.…`, with `*` for any account, or `*`. */
function projectMeshed(identities: readonly string[], refs: readonly LinkerdAccount[]): LinkerdClients {
	const named = identities.map((identity) => {
		const [, name, namespace] = /^(\*|[^.*]+)\.([^.*]+)\.serviceaccount\.identity\./u.exec(identity) ?? [];
		return name === undefined || namespace === undefined ? undefined : {namespace, name};
	});
	return {
		type: 'meshed',
		accounts: identities.includes('*') ? 'any' : [...refs, ...named.filter((each) => each !== undefined)],
		isOpen: named.includes(undefined),
	};
}

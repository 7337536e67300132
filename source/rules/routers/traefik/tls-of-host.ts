import type {TlsOption} from '../../../model/routes/ingress-route.ts';
import {refOf} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {lookup} from '../../../model/snapshot.ts';
import type {EntryPoint} from '../../ingress/decision.ts';
import type {Controller} from '../../controllers/record/controller.ts';
import {matchHost} from '../../host-match.ts';
import type {RouterProblem} from '../router.ts';
import {hostsOfRule} from './hosts.ts';
import type {Made} from './muxer.ts';
import {defaultKey, findOptions, optionsKey, wantsCertificate} from './tls-options.ts';

/** What becomes of the TLS of a host, before any rule is looked at. */
export type TlsOfHost = {
	readonly problem?: RouterProblem;
	readonly changes: readonly string[];
	readonly undecided: readonly string[];
};

export const noTls: TlsOfHost = {changes: [], undecided: []};

type Asked = {
	readonly snapshot: Snapshot;
	readonly controller: Controller;
	readonly host: string;
	readonly entryPoint: EntryPoint;
};

/**
The options of the routers that name the host; of several the default ones count (pkg/server/router/tcp/manager.go,
buildEntryPointHandler). Without them the handshake is ended. `routers`: those with TLS on the entry point.
*/
export function tlsOfHost(asked: Asked, routers: readonly Made[]): TlsOfHost {
	const {host} = asked;
	const own = routers.filter(({tree}) => tree && hostsOfRule(tree).includes(host));
	const [made] = own.length > 0 ? own : routers;
	if (!made) {
		return noTls;
	}

	const keys = new Set(own.map(({object}) => optionsKey(object)));
	return byOptions(asked, own, {made, key: keys.size === 1 ? [...keys].join('') : defaultKey});
}

/** A router of TCP has options of its own, whatever others of its host have (addTCPHandlers). */
export function tlsOfTcp(asked: Asked, made: Made): TlsOfHost {
	return byOptions(asked, [made], {made, key: optionsKey(made.object)});
}

function byOptions(asked: Asked, own: readonly Made[], {made, key}: Omit<Strict, 'option'>): TlsOfHost {
	const found = findOptions(asked, key);
	switch (found.type) {
		case 'built-in':
			return noTls;
		case 'unknown':
			return key.includes('@') ? {...noTls, changes: [found.what]} : {...noTls, undecided: [found.what]};
		case 'broken':
			return {...noTls, problem: {...ended(made, key, found.why), seenAt: found.seenAt}};
		case 'found': {
			const {option} = found;
			const changes = wantsCertificate(option)
				? [`TLSOption ${option.namespace}/${option.name} wants a certificate of the client`]
				: [];
			const refused = option.sniStrict ? strict(asked, own, {made, key, option}) : noTls;
			return {...refused, changes};
		}
	}
}

function ended({rule}: Made, key: string, why: string): RouterProblem {
	return {
		type: 'no-tls',
		object: rule.object,
		field: 'spec.tls.options.name',
		value: key,
		why,
		remedy: 'Correct the TLSOption, or the reference to it in spec.tls.options.',
		ends: 'tls-error',
	};
}

type Strict = {readonly made: Made; readonly key: string; readonly option: TlsOption};

/** tlsmanager.go, Get: of sniStrict the default certificate is never served. */
function strict(
	{snapshot, controller, host, entryPoint}: Asked,
	own: readonly Made[],
	{made, key, option}: Strict,
): TlsOfHost {
	const {flags} = controller;
	const name = `TLSOption ${option.namespace}/${option.name}`;
	const isResolved =
		own.some(({object}) => object.tls?.certResolver !== undefined) ||
		flags[`entrypoints.${entryPoint.name}.http.tls.certresolver`] !== undefined;
	const fits = ([namespace, name]: SecretName) => coversHost(snapshot, {namespace, name, host});
	const isOwn = namedByRoutes(own.map(({object}) => object)).some((each) => fits(each) !== false);
	const others = secretsOf(snapshot).map(fits);
	if (isResolved || isOwn || others.includes(true)) {
		return noTls;
	}

	const hasFiles =
		Object.keys(flags).some((flag) => flag.startsWith('providers.file')) || 'configfile' in flags;
	return others.includes(undefined) || hasFiles
		? {...noTls, undecided: [`whether a certificate is for ${host}, which ${name} (sniStrict) asks for`]}
		: {
				...noTls,
				problem: {
					...ended(made, key, `no certificate is for it (${name} has sniStrict)`),
					seenAt: {object: refOf('TLSOption', option), field: 'spec.sniStrict', value: 'true'},
					remedy: 'Name a TLS Secret for the host in spec.tls.secretName, or take sniStrict away.',
				},
			};
}

/** Whether there is a certificate in the Secret and it is for the host. Undefined: its hosts, or the Secret, cannot be read. */
function coversHost(
	snapshot: Snapshot,
	{namespace, name, host}: {readonly namespace: string; readonly name: string; readonly host: string},
): boolean | undefined {
	const found = name === '' ? {missing: true} : lookup(snapshot, 'Secret', namespace, name);
	const hosts = 'found' in found ? found.found.certificateHosts : undefined;
	return 'missing' in found
		? false
		: hosts?.some((each) => matchHost(each, host, {wildcard: 'one-label'}) > 0);
}

type SecretName = readonly [namespace: string, name: string];

/** All certificates are of one store, whatever object names them. */
function secretsOf(snapshot: Snapshot): readonly SecretName[] {
	return [
		...namedByRoutes(snapshot.list('IngressRoute')),
		...namedByRoutes(snapshot.list('IngressRouteTCP')),
		...snapshot
			.list('Ingress')
			.flatMap(({namespace, tls}) => tls.map(({secretName}) => [namespace, secretName ?? ''] as const)),
		...snapshot
			.list('TLSStore')
			.filter(({name}) => name === defaultKey)
			.flatMap(({namespace, secretNames}) => secretNames.map((name) => [namespace, name] as const)),
	];
}

type Routed = {readonly namespace: string; readonly tls?: {readonly secretName: string}};

function namedByRoutes(routes: readonly Routed[]): readonly SecretName[] {
	return routes.map(({namespace, tls}) => [namespace, tls?.secretName ?? '']);
}

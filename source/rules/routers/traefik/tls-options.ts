import type {IngressRouteTcp, TlsOption} from '../../../model/routes/ingress-route.ts';
import {isKnown, lookup, type Snapshot} from '../../../model/snapshot.ts';
import {refOf} from '../../../model/ref.ts';
import {isOn} from '../../controllers/record/classes.ts';
import type {Controller} from '../../controllers/record/controller.ts';
import {memoize} from '../../memoize.ts';
import type {RouterProblem} from '../router.ts';
import {provider} from './services.ts';

/** The TLSOption of a router, and what is wrong with it. */
type OptionsFound =
	| {readonly type: 'found'; readonly option: TlsOption}
	/** No TLSOption is named `default`: Traefik's own. */
	| {readonly type: 'built-in'}
	/** Traefik makes no router with it, and ends the handshake of its hosts. */
	| {readonly type: 'broken'; readonly why: string; readonly seenAt?: RouterProblem['seenAt']}
	| {readonly type: 'unknown'; readonly what: string};

type Options = {readonly snapshot: Snapshot; readonly controller: Controller};

/** Key of the options of a router: `default`, `NAMESPACE/NAME`, or `NAME@PROVIDER`. */
export function optionsKey({namespace, tls}: Pick<IngressRouteTcp, 'namespace' | 'tls'>): string {
	const ref = tls?.options;
	return ref === undefined
		? defaultKey
		: ref.name.includes('@')
			? ref.name
			: `${ref.namespace ?? namespace}/${ref.name}`;
}

export const defaultKey = 'default';

/** Why Traefik makes no router with these options: it may not look at them (resolveReference), or they are broken (buildRouterHandler). */
export function whyNotUsable(options: Options, route: IngressRouteTcp): string | undefined {
	if (route.tls === undefined) {
		return undefined;
	}

	const found = findOptions(options, optionsKey(route));
	return whyNotAllowed(route, options.controller) ?? (found.type === 'broken' ? found.why : undefined);
}

function whyNotAllowed({namespace, tls}: IngressRouteTcp, {flags}: Controller): string | undefined {
	const ref = tls?.options;
	const isElsewhere = ref?.namespace !== undefined && ref.namespace !== namespace && !ref.name.includes('@');
	return isElsewhere && !isOn(flags[`${provider}.allowcrossnamespace`])
		? `TLSOption ${ref.namespace}/${ref.name} is in another namespace (allowCrossNamespace is off)`
		: undefined;
}

/** buildTLSOptions: of several named `default` none counts, and there is none then. */
export function findOptions({snapshot, controller}: Options, key: string): OptionsFound {
	if (key === defaultKey) {
		return defaultOptions(snapshot, controller);
	}

	if (key.includes('@')) {
		return {type: 'unknown', what: `TLS options ${key}, which are not read`};
	}

	const [namespace = '', name = ''] = key.split('/');
	// The id of a TLSOption that is named `default` is not that of its namespace.
	const found = name === defaultKey ? {missing: true} : lookup(snapshot, 'TLSOption', namespace, name);
	if ('found' in found && isRead(found.found, controller)) {
		return judged(snapshot, found.found);
	}

	return 'unknown' in found && !isKnown(found.unknown)
		? {type: 'unknown', what: `whether TLSOption ${key} exists`}
		: {type: 'broken', why: `TLSOption ${key} does not exist`};
}

/** The older group of the API is read by Traefik 2 alone. */
function isRead({api}: TlsOption, {version}: Controller): boolean {
	return api.startsWith('traefik.io/') || version?.[0] === 2;
}

function defaultOptions(snapshot: Snapshot, controller: Controller): OptionsFound {
	const all = namedDefault(snapshot.list('TLSOption')).filter((option) => isRead(option, controller));
	const [first, second] = all;
	if (first && second) {
		const places = all.map(({namespace}) => namespace).join(', ');
		return {
			type: 'broken',
			why: `several TLSOptions are named default (in ${places}; none counts)`,
			seenAt: {object: refOf('TLSOption', second), field: 'metadata.name', value: defaultKey},
		};
	}

	return first ? judged(snapshot, first) : {type: 'built-in'};
}

const namedDefault = memoize((all: readonly TlsOption[]): readonly TlsOption[] =>
	all.filter(({name}) => name === defaultKey),
);

/** buildTLSConfig: types that check the client's certificate need an authority to check it against. */
function judged(snapshot: Snapshot, option: TlsOption): OptionsFound {
	const {namespace, name, clientAuthType, clientSecrets} = option;
	const needsAuthority = clientAuthType.includes('Verify');
	const areMissing = clientSecrets.every(
		(secret) => 'missing' in lookup(snapshot, 'Secret', namespace, secret),
	);
	return needsAuthority && areMissing
		? {
				type: 'broken',
				why: `no Secret with an authority exists (TLSOption ${namespace}/${name} checks clients)`,
				seenAt: {
					object: refOf('TLSOption', option),
					field: 'spec.clientAuth.clientAuthType',
					value: clientAuthType,
				},
			}
		: {type: 'found', option};
}

/** Whether a client without a certificate is refused. */
export function wantsCertificate({clientAuthType, clientSecrets}: TlsOption): boolean {
	return clientAuthType.startsWith('Require') || (clientAuthType === '' && clientSecrets.length > 0);
}

import type {Ingress} from '../../../model/routes/ingress.ts';
import {memoizeBy} from '../../memoize.ts';
import {regexBudget} from '../../regex/regex.ts';
import {regexStart} from '../../regex/regex-start.ts';
import type {RuleRef} from '../../ingress/decision.ts';
import {mostForPath} from '../../ingress/most-for-path.ts';
import {indexByPath} from '../../ingress/path-index.ts';
import type {Version} from '../../version.ts';
import {aliasesOf, isCanary, passesTls, wwwTwins, type NginxSettings} from './annotations.ts';
import {fitsOtherHost} from '../../ingress/fits-other-host.ts';
import {whyLeftOut} from './left-out.ts';
import {
	addLocation,
	isRegexLocation,
	locationKey,
	rootLocation,
	withExactTwins,
	type Location,
} from './locations.ts';
import {rulesOf} from '../../ingress/rules.ts';
import {compareText} from '../../../model/matching/compare-text.ts';

export type Server = {
	/** '' is the catch-all server. */
	readonly host: string;
	/** Those that may take a path, in the order of nginx's configuration; of more than `mostForPath` the longest. */
	readonly locationsFor: (urlPath: string) => readonly Location[];
	/** By a rule, the later ones that repeat its host, path and type. */
	readonly repeated: ReadonlyMap<RuleRef, readonly RuleRef[]>;
	/** One regex or rewrite turns all paths of the host into regular expressions (ingress-path-matching.md). */
	readonly isRegex: boolean;
	/** The rule whose backend gets the TLS of this host, passed on unopened. */
	readonly passes?: RuleRef;
};

/** What nginx is configured with: of all Ingresses, and found once for all requests. */
export type Configuration = {
	/** Hosts for which some Ingress has `spec.tls`: nginx has a certificate for them, if only its own. */
	readonly tlsHosts: ReadonlySet<string>;
	/** Rules of canaries, by `ruleKey`. */
	readonly canaries: ReadonlyMap<string, readonly RuleRef[]>;
	readonly hosts: ReadonlySet<string>;
	readonly aliases: readonly {readonly host: string; readonly texts: readonly string[]}[];
	/** Names that are redirected to a host: `from-to-www-redirect`. */
	readonly twins: ReadonlyMap<string, string>;
	readonly serverOf: (host: string) => Server;
	/** An Ingress is not loaded at all. */
	readonly leavesOut: boolean;
};

export function configurationOf(
	ingresses: readonly Ingress[],
	settings: NginxSettings,
	version: Version | undefined,
): Configuration {
	return known(ingresses, JSON.stringify({settings, version}));
}

const known = memoizeBy((ingresses: readonly Ingress[], key): Configuration => {
	const {settings, version} = JSON.parse(key) as {settings: NginxSettings; version?: Version};
	const ordered = inNginxOrder(ingresses).filter((ingress) => !whyLeftOut(ingress, settings, version));
	const canaries = ordered.filter((ingress) => isCanary(ingress, settings));
	const primary = ordered.filter((ingress) => !isCanary(ingress, settings));
	const byHost = Map.groupBy(primary.flatMap(namesOf), ({host}) => host);
	const servers = new Map<string, Server>();
	return {
		tlsHosts: new Set(
			ordered
				.filter(({tls}) => tls.length > 0)
				.flatMap(namesOf)
				.map(({host}) => host),
		),
		leavesOut: ordered.length < ingresses.length,
		canaries: Map.groupBy(canaries.flatMap(rulesOf), ruleKey),
		hosts: new Set(byHost.keys()),
		twins: wwwTwins(primary, byHost, settings),
		aliases: [...byHost].flatMap(([host, named]) => aliasesFor(host, named, settings)),
		serverOf(host) {
			const owners = (byHost.get(host) ?? []).map(({ingress}) => ingress);
			const server = servers.get(host) ?? buildServer({primary, owners, host, settings});
			servers.set(host, server);
			return server;
		},
	};
});

type Named = {readonly host: string; readonly ingress: Ingress};

/** Each host that an Ingress names, once. */
function namesOf(ingress: Ingress): readonly Named[] {
	return [...new Set(ingress.rules.map(({host}) => host.toLowerCase()))].map((host) => ({host, ingress}));
}

/** Host and path, by which a canary belongs to a rule. */
export function ruleKey({host, value}: RuleRef): string {
	return `${host.toLowerCase()} ${value || '/'}`;
}

/** Oldest first; of equal age the later name first (store.ListIngresses). */
function inNginxOrder(ingresses: readonly Ingress[]): readonly Ingress[] {
	return ingresses.toSorted(
		(a, b) =>
			(a.createdAt ?? 0) - (b.createdAt ?? 0) ||
			compareText(`${b.namespace}/${b.name}`, `${a.namespace}/${a.name}`),
	);
}

/** The server that takes a host, and names that may take it instead and are not readable. */
export type Served = {readonly server: Server; readonly undecided: readonly string[]};

/** An exact name or alias, else a wildcard of one label, else the catch-all. */
export function serverFor({hosts, aliases, serverOf}: Configuration, host: string): Served {
	const requested = host.toLowerCase();
	if (requested !== '' && hosts.has(requested)) {
		return {server: serverOf(requested), undecided: []};
	}

	const undecided: string[] = [];
	const budget = regexBudget();
	for (const {host: owner, texts} of aliases) {
		const fits = texts.map((text) => fitsOtherHost(text, requested, budget));
		if (fits.includes(true)) {
			return {server: serverOf(owner), undecided};
		}

		undecided.push(
			...texts
				.filter((_, at) => fits[at] === undefined)
				.map((text) => `server-alias ${text} could not be read`),
		);
	}

	const wildcard = `*${requested.slice(requested.indexOf('.'))}`;
	const isBelow = requested.indexOf('.') > 0 && hosts.has(wildcard);
	return {server: serverOf(isBelow ? wildcard : ''), undecided};
}

/** `server-alias`: of each host, those of the first Ingress that has some; never a name that a rule has itself. */
function aliasesFor(
	host: string,
	named: readonly Named[],
	settings: NginxSettings,
): Configuration['aliases'] {
	const texts = named.map(({ingress}) => aliasesOf(ingress, settings)).find(({length}) => length > 0);
	return texts === undefined ? [] : [{host, texts}];
}

type ServerInput = {
	readonly primary: readonly Ingress[];
	/** Those of them that name the host. */
	readonly owners: readonly Ingress[];
	readonly host: string;
	readonly settings: NginxSettings;
};

function buildServer({primary, owners, host, settings}: ServerInput): Server {
	const root = rootLocation(primary, owners, host);
	const locations = new Map([[locationKey(root), root]]);
	const repeated = new Map<RuleRef, RuleRef[]>();
	for (const rule of owners.flatMap(rulesOf).filter((item) => item.host.toLowerCase() === host)) {
		addLocation(rule, locations, repeated);
	}

	const sorted = [...locations.values()].toSorted(
		(a, b) => b.path.length - a.path.length || compareText(b.path, a.path),
	);
	const isRegex = sorted.some((location) => isRegexLocation(location, settings));
	const configured = withExactTwins(sorted, settings);
	const find = indexByPath(
		configured.map((item, position) => ({item, position})),
		({path}) => (isRegex ? regexStart(path) : path),
		mostForPath + 1,
	);
	return {
		host,
		repeated,
		isRegex,
		passes: passedTo(owners[0], [...locations.values()], settings),
		locationsFor: (urlPath) =>
			find(urlPath)
				.toSorted((a, b) => a.position - b.position)
				.map(({item}) => item),
	};
}

/**
`ssl-passthrough` of the first Ingress of a host sends its TLS to the backend of `/`, whatever the path (controller.go,
getPassthroughBackends). It needs the flag.
*/
function passedTo(
	owner: Ingress | undefined,
	locations: readonly Location[],
	settings: NginxSettings,
): RuleRef | undefined {
	return owner && passesTls(owner, settings)
		? locations.find(({path, isDefault}) => path === '/' && !isDefault)?.rule
		: undefined;
}
